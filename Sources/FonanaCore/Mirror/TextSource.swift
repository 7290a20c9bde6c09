/// Where a text came from, worst first. Equal or better replaces, worse never does, and null
/// never replaces a text (docs/reliability.md, “The mirror”).
package enum TextSource: Int, Sendable, Codable, Comparable {
  case none = 0
  /// The first 50 characters, from a NEW_MESSAGE notification.
  case notification = 1
  case list = 2
  /// From the messages route, or typed here.
  case pulled = 3

  package static func < (a: TextSource, b: TextSource) -> Bool { a.rawValue < b.rawValue }
}
