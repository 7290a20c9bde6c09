import FonanaCore

/// A command that knows the forms in which it is typed most, and takes them without the parser: that
/// one costs more than all else that a short command does.
protocol QuickCommand: FonanaCommand {
  /// `arguments` are those behind the command's name. nil: the parser has the word.
  static func quickly(_ arguments: [String]) -> QuickStart?
}

/// What is left to do once the words are understood.
struct QuickStart {
  let global: Globals
  let execute: (Context) throws(FonanaError) -> ExitStatus
}

/// A command that can do without options and words of its own.
protocol PlainCommand: QuickCommand {
  static func executePlainly(_ context: Context) throws(FonanaError) -> ExitStatus
}

extension PlainCommand {
  static func quickly(_ arguments: [String]) -> QuickStart? {
    guard let words = QuickWords(arguments), words.plain.isEmpty else { return nil }
    return QuickStart(global: words.global, execute: executePlainly)
  }
}
