import ArgumentParser
import ControlProtocol
import FonanaCore

struct Schema: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "The JSON Schema of what a command prints with --json.",
    discussion: """
      Examples:  fonana schema inbox
                 fonana schema message.received
                 fonana schema outbox show > outbox-show.schema.json
      """)

  @Argument(help: "The command, or an event of “watch”; without it, all.")
  var command: [String] = []

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    try context.output.render(try document(), paged: true)
    return .done
  }

  private func document() throws(FonanaError) -> SchemaDocument {
    guard let first = command.first else { return try .all() }
    let words = command.joined(separator: " ")
    if let event = try SchemaDocument.of(event: words) { return event }
    let full = CommandTable.defaults[words].map { "\(words) \($0)" } ?? words
    if let document = try SchemaDocument.of(command: full) { return document }
    let verbs = CommandTable.commands(of: first)
    guard verbs.isEmpty else {
      throw FonanaError(
        .invalidInput, "“fonana \(DisplayText.line(words, limit: 40))” is no command.",
        hint: "One of: \(verbs.map { "\(first) \($0)" }.joined(separator: ", ")).")
    }
    let near = Spelling.nearest(to: first, among: CommandTable.firstWords)
    throw FonanaError(
      .invalidInput, "There is no command or event “\(DisplayText.line(words, limit: 40))”.",
      hint: near.map { "Did you mean “fonana schema \($0)”?" } ?? "Type “fonana --help”.")
  }
}
