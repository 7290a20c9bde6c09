import FonanaCore

/// DURATION of docs/interface.md: `90s`, `5m`, `2h`, `3d`.
enum DurationArgument {
  static func parse(_ text: String) throws(FonanaError) -> Duration {
    if let duration = DurationText.duration(text) { return duration }
    throw FonanaError(
      .invalidInput, "“\(DisplayText.line(text, limit: 40))” is not a duration.",
      hint: "Write 90s, 5m, 2h or 3d.")
  }
}

extension Duration {
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
