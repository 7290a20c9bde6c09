import FonanaCore
import Testing

@testable import fonana_cli

@Suite struct CommandLineTests {
  private func found(_ line: String) throws -> (words: [String], arguments: [String])? {
    switch try CommandLineSplitter.split(line.split(separator: " ").map(String.init)) {
    case .command(let entry, let arguments): (entry.words, arguments)
    case .nothing, .noun: nil
    }
  }

  static let lines: [(String, [String], [String])] = [
    ("send bob hi", ["send"], ["bob", "hi"]),
    ("--json send bob", ["send"], ["--json", "bob"]),
    ("--profile work --color=never inbox", ["inbox"], ["--profile", "work", "--color=never"]),
    ("outbox", ["outbox", "list"], []),
    ("outbox --json", ["outbox", "list"], ["--json"]),
    ("-v outbox retry --all", ["outbox", "retry"], ["-v", "--all"]),
    ("notifications", ["notifications", "list"], []),
    ("config", ["config", "list"], []),
  ]

  @Test(arguments: lines)
  func globalOptionsMayStandAnywhere(_ line: String, _ words: [String], _ rest: [String]) throws {
    let found = try #require(try found(line))
    #expect(found.words == words)
    #expect(found.arguments == rest)
  }

  static let typos = [
    ("sned bob hi", "fonana send"), ("inbx", "fonana inbox"), ("statsu", "fonana status"),
    ("outbox lst", "fonana outbox list"), ("deamon start", "fonana daemon"),
  ]

  @Test(arguments: typos)
  func mistypedCommandGetsASuggestion(_ line: String, _ suggestion: String) {
    let error = #expect(throws: FonanaError.self) { try found(line) }
    #expect(error?.code == .invalidInput)
    #expect(error?.hint?.contains(suggestion) == true)
  }

  @Test func nothingNearGetsTheList() {
    let error = #expect(throws: FonanaError.self) { try found("xylophone") }
    #expect(error?.hint?.contains("--help") == true)
  }

  @Test func everyCommandHasHelpWithAnExample() {
    for entry in CommandTable.entries {
      let help = HelpText.of(entry)
      #expect(help.contains("Example"), "\(entry.words)")
      #expect(
        help.contains("USAGE: fonana \(entry.words.joined(separator: " "))"), "\(entry.words)")
    }
  }
}
