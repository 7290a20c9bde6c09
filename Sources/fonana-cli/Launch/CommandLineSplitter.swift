import ControlProtocol
import FonanaCore

/// Finds the command's words among the arguments: global options may stand before them.
struct CommandLineSplitter {
  enum Finding {
    /// No word at all.
    case nothing
    case command(CommandTable.Entry, arguments: [String])
    /// A noun whose verb is missing.
    case noun(String)
  }

  /// Global options that take the next argument as their value.
  private static let valued: Set<String> = ["--profile", "--color"]

  static func split(_ arguments: [String]) throws(FonanaError) -> Finding {
    var leading: [String] = []
    var rest = arguments[...]
    while let next = rest.first, next.hasPrefix("-"), next != "--" {
      leading.append(rest.removeFirst())
      if valued.contains(next), let value = rest.popFirst() { leading.append(value) }
    }
    guard let word = rest.popFirst() else { return .nothing }
    let verbs = CommandTable.commands(of: word)
    guard !verbs.isEmpty else {
      return .command(try leaf([word]), arguments: leading + rest)
    }
    if let verb = rest.first, !verb.hasPrefix("-") {
      guard verbs.contains(verb) else { throw unknown("\(word) \(verb)", Self.full(word, verbs)) }
      return .command(try leaf([word, verb]), arguments: leading + rest.dropFirst())
    }
    guard let verb = CommandTable.defaults[word] else { return .noun(word) }
    return .command(try leaf([word, verb]), arguments: leading + rest)
  }

  private static func full(_ noun: String, _ verbs: [String]) -> [String] {
    verbs.map { "\(noun) \($0)" }
  }

  private static func leaf(_ words: [String]) throws(FonanaError) -> CommandTable.Entry {
    guard let entry = CommandTable.entries.first(where: { $0.words == words }) else {
      throw unknown(words[0], CommandTable.firstWords)
    }
    return entry
  }

  private static func unknown(_ typed: String, _ known: [String]) -> FonanaError {
    let near = Spelling.nearest(to: typed, among: known)
    return FonanaError(
      .invalidInput, "There is no command “\(DisplayText.line(typed, limit: 40))”.",
      hint: near.map { "Did you mean “fonana \($0)”?" } ?? "Type “fonana --help” for the list.")
  }
}
