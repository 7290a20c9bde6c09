import ArgumentParser
import ControlProtocol
import FonanaCore
import Glibc

struct Backup: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copy the store into a file while the daemon runs.",
    discussion: """
      Example:  fonana backup /media/stick/fonana.backup

      The file holds the mirror and the outbox with its images, not the token. “fonana restore” \
      puts it back.
      """)

  @Argument(help: "Where to.", completion: .file())
  var file: String

  @Flag(help: "Replace an existing file.")
  var force = false

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let path = Self.absolute(file)
    try Self.refuseOtherThanFile(path, named: file)
    let request = BackupRequest(path: path, replace: force)
    let result = try context.call(Calls.backup, request, patience: .seconds(600))
    try context.output.render(
      Done(
        "saved \(DisplayText.line(result.path)) (\(StatusReport.size(result.bytes)))",
        result))
    return .done
  }

  /// Folders, devices and the empty name; that nothing is there yet is no matter here.
  static func refuseOtherThanFile(_ path: String, named name: String) throws(FonanaError) {
    var info = stat()
    let isOther = stat(path, &info) == 0 && info.st_mode & S_IFMT != S_IFREG
    guard isOther || name.isEmpty || name.hasSuffix("/") else { return }
    throw FonanaError(
      .invalidInput, "“\(DisplayText.line(name, limit: 200))” is no file.",
      hint: "Name a file, as in “fonana backup /media/stick/fonana.backup”.")
  }

  /// The daemon has another working folder.
  static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let here = getcwd(nil, 0) else { return path }
    defer { free(here) }
    return "\(String(cString: here))/\(path)"
  }
}
