import ArgumentParser
import ControlProtocol
import FonanaCore
import Glibc

struct Save: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Save the image of a message.",
    discussion: """
      Example:  fonana save cm5x8k2p10003 -o cat.png

      Only images that are yours, free or bought can be saved.
      """)

  @Argument(help: "The message's id.")
  var id: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Where to; “-” is stdout. Without it: ID.png, .jpg, ….", valueName: "file"))
  var output: String?

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    if output == "-" {
      guard !StandardStream.output.isTerminal else {
        throw FonanaError(
          .invalidInput, "An image can't be shown on a terminal.", hint: "Use -o FILE.")
      }
      return try print(context)
    }
    let part = try PartialFile(beside: output ?? "./" + Self.fileName(id))
    let result = try fetch(context, into: part.descriptor.number)
    let path = try part.finish(
      fileExtension: output == nil ? ImageKind.fileExtension(of: result.contentType) : nil,
      replacing: output != nil)
    try context.output.render(
      Done(
        "saved \(DisplayText.line(path)) (\(StatusReport.size(Int64(result.byteCount))))",
        SavedImage(path: path, contentType: result.contentType, byteCount: result.byteCount)))
    return .done
  }

  /// The daemon writes into a file, and never waits for whoever reads our stdout.
  private func print(_ context: Context) throws(FonanaError) -> ExitStatus {
    guard let file = tmpfile() else {
      throw FonanaError(
        .storeUnwritable, "No temporary file can be made: \(SystemError.text(errno)).",
        hint: "Use -o FILE.")
    }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: try fetch(context, into: fileno(file)).byteCount)
    let count = bytes.withUnsafeMutableBytes { pread(fileno(file), $0.baseAddress, $0.count, 0) }
    bytes.withUnsafeBytes { StandardStream.output.write(.init(rebasing: $0.prefix(max(0, count)))) }
    return .done
  }

  private func fetch(_ context: Context, into descriptor: Int32) throws(FonanaError) -> ImageResult
  {
    try context.connect().call(
      Calls.saveImage, ImageRequest(id: MessageID(id)), passing: descriptor,
      patience: .seconds(120))
  }

  /// An id is the server's text: it must not lead to another folder.
  static func fileName(_ id: String) -> String {
    String(id.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" }.prefix(64))
  }
}

struct SavedImage: Codable {
  var path: String
  var contentType: String
  var byteCount: Int
}
