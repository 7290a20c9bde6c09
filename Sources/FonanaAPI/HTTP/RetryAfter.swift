import FonanaCore

/// How long a server asks to be left alone.
enum RetryAfter {
  static let longest = Duration.seconds(3600)

  /// Reads seconds or a date, which counts from `now`; nil for anything else.
  static func read(_ text: String?, now: Timestamp) -> Duration? {
    guard let text else { return nil }
    if !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) {
      return min(longest, Int64(text).map { .seconds(min($0, 3600)) } ?? longest)
    }
    return HTTPDate.read(text).map { min(longest, max(.zero, $0 - now)) }
  }
}
