/// The argument parser's messages in the form of ours.
enum UsageText {
  /// The first line, as a sentence.
  static func sentence(_ message: String) -> String {
    var line = String(message.split(whereSeparator: \.isNewline).first ?? "Wrong usage")
    if line.hasPrefix("Error: ") { line.removeFirst("Error: ".count) }
    guard let last = line.last else { return line }
    return ".!?".contains(last) ? line : line + "."
  }
}
