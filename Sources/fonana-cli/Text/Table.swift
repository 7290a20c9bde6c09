/// Rows in aligned columns on a terminal, with a tab between them in a pipe.
struct Table {
  private var rows: [[String]] = []
  private let headings: [String]

  init(_ headings: [String]) { self.headings = headings }

  /// Cells must be safe to show already.
  mutating func add(_ cells: String...) { rows.append(cells) }
  mutating func add(_ cells: [String]) { rows.append(cells) }

  func text(_ style: TextStyle) -> String {
    guard style.isTerminal else {
      return rows.map { $0.joined(separator: "\t") }.joined(separator: "\n")
    }
    let widths = headings.indices.map { column in
      ([headings] + rows).map { DisplayWidth.of($0[column]) }.max() ?? 0
    }
    let heading = style.dim(line(headings, widths, style.width))
    return ([heading] + rows.map { line($0, widths, style.width) }).joined(separator: "\n")
  }

  /// The last column takes what is left of the line.
  private func line(_ cells: [String], _ widths: [Int], _ width: Int) -> String {
    let before = zip(cells, widths).dropLast().map { DisplayWidth.padded($0, to: $1) }
    let used = widths.dropLast().reduce(0) { $0 + $1 + 2 }
    let last = DisplayWidth.fitted(cells.last ?? "", to: max(10, width - used))
    return (before + [last]).joined(separator: "  ")
  }
}
