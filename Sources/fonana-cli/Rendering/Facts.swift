import FonanaCore

/// Names with values below each other; values that are not known are left out.
struct Facts {
  private var lines: [(name: String, value: String)] = []

  /// `value` may be of others: it is made safe here.
  mutating func add(_ name: String, _ value: String?) {
    guard let value else { return }
    lines.append((name, DisplayText.line(value)))
  }

  func text(_ style: TextStyle) -> String {
    let width = lines.map(\.name.count).max() ?? 0
    return lines.map { line in
      style.dim(DisplayWidth.padded(line.name, to: width)) + "  " + line.value
    }.joined(separator: "\n")
  }
}
