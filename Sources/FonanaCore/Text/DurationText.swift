/// A duration as people type it: `90s`, `5m`, `2h`, `3d`.
package enum DurationText {
  private static let longest: Int64 = 100 * 365 * 86_400

  /// nil: it is none, or longer than a century.
  package static func duration(_ text: String) -> Duration? {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    guard let unit = text.last.flatMap({ units[$0] }), let number = Int64(text.dropLast()),
      (0...longest / unit).contains(number)
    else { return nil }
    return .seconds(number * unit)
  }
}
