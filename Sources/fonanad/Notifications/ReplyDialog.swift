/// A window that asks for a line of text: the program `zenity`, where there is one.
struct ReplyDialog: Sendable {
  private static let patience = Duration.seconds(600)

  private let environment: [String: String]

  /// nil: there is no such program.
  init?(_ environment: [String: String]) {
    guard SystemProgram.find("zenity", environment) != nil else { return nil }
    self.environment = environment
  }

  /// nil when nothing was written.
  func ask(title: String) async -> String? {
    let arguments = ["--entry", "--title=\(title)", "--text=Message:", "--width=420"]
    let answer = await SystemProgram.run("zenity", arguments, environment, within: Self.patience)
    guard let answer, answer.isSuccess else { return nil }
    let text = answer.output.hasSuffix("\n") ? String(answer.output.dropLast()) : answer.output
    return text.allSatisfy(\.isWhitespace) ? nil : text
  }
}
