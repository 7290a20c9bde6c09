/// One line of the table in docs/reliability.md.
struct CatalogueRow {
  let number: Int
  /// What stands in backticks in the column of the tests: `Target/test` or `fonana-sim/kind`.
  let evidence: [String]
  let fired: String
  let seenToFail: String
  let result: String

  /// nil: not a line of that table.
  init?(_ line: Substring) {
    let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      .map { $0.split(separator: " ").joined(separator: " ") }
    guard cells.count == 9, let number = Int(cells[1]) else { return nil }
    self.number = number
    let pieces = cells[4].split(separator: "`", omittingEmptySubsequences: false)
    evidence = pieces.indices.filter { $0 % 2 == 1 }.map { String(pieces[$0]) }
    fired = cells[5]
    seenToFail = cells[6]
    result = cells[7]
  }

  /// Something for each column.
  var isComplete: Bool {
    !evidence.isEmpty && [fired, seenToFail].allSatisfy { !$0.isEmpty && $0 != "–" }
  }
}
