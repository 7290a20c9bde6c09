import FoundationEssentials

/// A text that tries to drive or to fool a terminal, and the form in which it must be shown:
/// `Tests/Fixtures/terminal-attacks.jsonl`.
package struct TerminalAttack: Decodable, Sendable, CustomStringConvertible {
  package let name: String
  package let text: String
  /// On one line.
  package let line: String
  package var description: String { name }

  /// Empty when the file can't be read, which `everyAttackIsThere` finds.
  package static let all: [TerminalAttack] = {
    let path = "\(Products.repository)/Tests/Fixtures/terminal-attacks.jsonl"
    let lines = ((try? Data(contentsOf: URL(filePath: path))) ?? Data()).split(separator: 0x0a)
    return lines.compactMap { try? JSONDecoder().decode(TerminalAttack.self, from: $0) }
  }()
}
