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
    var width = 0
    for line in lines { width = max(width, line.name.utf8.count) }
    var text = ""
    for line in lines {
      if !text.isEmpty { text += "\n" }
      text += style.dim(DisplayWidth.padded(line.name, to: width)) + "  " + line.value
    }
    return text
  }
}
