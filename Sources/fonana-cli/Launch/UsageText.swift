/// The argument parser's messages in the form of ours.
enum UsageText {
  /// The first line, as a sentence; a list that it announces stands in it.
  static func sentence(_ message: String) -> String {
    let lines = message.split(whereSeparator: \.isNewline)
    var line = String(lines.first ?? "Wrong usage")
    if let announced = line.firstRange(of: " the following:") {
      let bullet = "  - "
      let values = lines.dropFirst().prefix { $0.hasPrefix(bullet) }.map {
        $0.dropFirst(bullet.count)
      }
      line.replaceSubrange(announced, with: " " + values.joined(separator: ", "))
    }
    if line.hasPrefix("Error: ") { line.removeFirst("Error: ".count) }
    guard let last = line.last else { return line }
    return ".!?".contains(last) ? line : line + "."
  }
}
