import ArgumentParser
import FonanaCore

/// The whole tree of commands is made here and for completions only: it costs milliseconds.
enum HelpText {
  /// Of what the words name: everything, a noun or a command.
  static func find(_ words: [String]) throws(FonanaError) -> String {
    switch try CommandLineSplitter.split(words) {
    case .nothing: return RootHelp.text
    case .noun(let noun): return of(noun: noun)
    case .command(let entry, _):
      let isNounAlone = entry.words.count == 2 && !words.contains(entry.words[1])
      return isNounAlone ? of(noun: entry.words[0]) : of(entry)
    }
  }

  static func of(_ entry: CommandTable.Entry) -> String { Fonana.helpMessage(for: entry.type) }

  private static func of(noun: String) -> String {
    Fonana.nouns[noun].map { Fonana.helpMessage(for: $0) } ?? Fonana.helpMessage()
  }
}
