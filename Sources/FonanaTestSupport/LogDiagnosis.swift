import FoundationEssentials

/// The table of docs/diagnosis.md, as a person reads it: the first row that a log holds is the
/// answer.
package struct LogDiagnosis: Sendable {
  package struct Row: Sendable, Hashable {
    package let stage: String
    /// A word of the message; nil: the stage is enough.
    package let word: String?
    /// What is broken, up to the first colon or comma.
    package let name: String
  }

  package let rows: [Row]

  package init() throws {
    let path = "\(Products.repository)/docs/diagnosis.md"
    let page = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { cell in String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
      let code = cells.map { String($0.filter { $0 != "`" }) }
      return Row(
        stage: code[1], word: code[2].isEmpty ? nil : code[2],
        name: String(cells[3].prefix { $0 != ":" && $0 != "," }))
    }
  }

  /// nil: the log holds no row.
  package func row(ofLogAt path: String) -> Row? {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
    let lines = data.split(separator: UInt8(ascii: "\n"))
      .compactMap { try? JSONDecoder().decode(Line.self, from: $0) }
    return rows.first { row in lines.contains { row.isHeld(by: $0) } }
  }

  fileprivate struct Line: Decodable {
    let stage: String?
    let message: String
  }
}

extension LogDiagnosis.Row {
  fileprivate func isHeld(by line: LogDiagnosis.Line) -> Bool {
    guard line.stage == stage else { return false }
    guard let word else { return true }
    return line.message.split { $0 == " " || $0 == ":" }.contains { $0 == word }
  }
}
