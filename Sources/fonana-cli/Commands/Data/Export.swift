import ArgumentParser
import ControlProtocol
import FonanaCore

struct Export: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write what the mirror holds into a file, oldest first.",
    discussion: """
      Examples:  fonana export -o all.jsonl
                 fonana export alice --since 30d --format md

      Nothing is fetched and nothing is marked read; where messages are missing, the file says \
      so.
      """)

  @Argument(help: "Whose conversation; without it, all.", completion: Names.completion)
  var who: String?

  @Option(help: ArgumentHelp("Only newer ones.", valueName: "time"))
  var since: String?

  @Option(help: ArgumentHelp("jsonl or md.", valueName: "format"))
  var format = "jsonl"

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Where to; without it, or with “-”, stdout.", valueName: "file"))
  var output: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if ExportFormat(rawValue: format) == nil {
      throw ValidationError("--format must be jsonl or md")
    }
  }

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let style = context.output.style
    var start: Timestamp?
    if let since { start = try TimeArgument.parse(since, now: style.now, zone: style.zone) }
    let source = ExportSource(try context.connect(), who: who, since: start)
    let format = ExportFormat(rawValue: format) ?? .jsonl
    guard let output, output != "-" else {
      guard format == .jsonl || !context.output.isJSON else {
        throw FonanaError(
          .invalidInput, "Markdown is not JSON.", hint: "Leave --json out, or name a file with -o.")
      }
      let counts = try source.write(format) { StandardStream.output.write($0) }
      if !context.output.isJSON { context.output.note(counts.sentence) }
      return .done
    }
    let part = try PartialFile(beside: output)
    let counts = try source.write(format) { text throws(FonanaError) in try part.write(text) }
    let path = try part.finish(fileExtension: nil, replacing: true)
    try context.output.render(
      Done(
        "\(counts.sentence), into \(DisplayText.line(path))",
        ExportedFile(path, counts)))
    return .done
  }
}

/// What is said of an export into a file.
struct ExportedFile: Codable {
  var path: String
  var conversations: Int
  var messages: Int
  var gaps: Int

  init(_ path: String, _ counts: ExportCounts) {
    self.path = path
    (conversations, messages, gaps) = (counts.conversations, counts.messages, counts.gaps)
  }
}
