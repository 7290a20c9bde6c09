import ArgumentParser

/// `fonana --help`: every command once, beside those that serve the same end.
enum RootHelp {
  private static let groups: [(title: String, words: [String])] = [
    ("Account", ["login", "logout", "whoami", "profiles"]),
    (
      "Messages",
      [
        "inbox", "read", "send", "search", "show", "save", "watch", "outbox", "notifications",
        "notify",
      ]
    ),
    ("What is kept here", ["export", "backup", "forget", "store"]),
    ("How it goes", ["status", "wait", "doctor", "logs", "dashboard", "bugreport"]),
    ("Set-up", ["config", "daemon", "hooks", "completions", "schema"]),
  ]

  /// At most 40 lines, each at most 80 columns wide.
  static var text: String {
    let grouped = groups.flatMap(\.words)
    let others = CommandTable.firstWords.filter { !grouped.contains($0) }
    var lines = [
      Fonana.configuration.abstract, "usage: fonana COMMAND [OPTIONS]",
      "begin: fonana login --wallet ADDRESS",
    ]
    for (title, words) in groups {
      lines.append("\(title):")
      lines += words.compactMap(line)
      if title == groups.last?.title { lines += others.compactMap(line) }
    }
    lines.append("“fonana help COMMAND” shows its options, with an example.")
    return lines.joined(separator: "\n")
  }

  private static func line(_ word: String) -> String? {
    guard let abstract = abstract(of: word) else { return nil }
    return "  " + DisplayWidth.padded(word, to: 14) + abstract
  }

  /// nil: there is no such command.
  private static func abstract(of word: String) -> String? {
    if let noun = Fonana.nouns[word] { return noun.configuration.abstract }
    return CommandTable.entries.first { $0.words == [word] }?.type.configuration.abstract
  }
}
