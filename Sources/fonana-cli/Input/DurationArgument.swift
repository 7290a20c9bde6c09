import FonanaCore

/// DURATION of docs/interface.md: `90s`, `5m`, `2h`, `3d`.
enum DurationArgument {
  private static let longest: Int64 = 100 * 365 * 86_400

  static func parse(_ text: String) throws(FonanaError) -> Duration {
    if let duration = duration(text) { return duration }
    throw FonanaError(
      .invalidInput, "“\(DisplayText.line(text, limit: 40))” is not a duration.",
      hint: "Write 90s, 5m, 2h or 3d.")
  }

  static func duration(_ text: String) -> Duration? {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    guard let unit = text.last.flatMap({ units[$0] }), let number = Int64(text.dropLast()),
      (0...longest / unit).contains(number)
    else { return nil }
    return .seconds(number * unit)
  }
}

extension Duration {
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
