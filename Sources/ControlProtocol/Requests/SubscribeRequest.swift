/// `events.subscribe`: the answer is followed by notifications with the method `event`.
package struct SubscribeRequest: Codable, Sendable, Hashable {
  /// Go on after what this name has acknowledged; the daemon keeps the place. A subscriber that
  /// is there under the name already is ended with `conflict`.
  @Nullable package var name: String?
  /// Go on after this event; null without a name: from now.
  @Nullable package var cursor: Int64?
  /// Pull (and tick) so that no text is cut.
  package var full: Bool

  package init(name: String? = nil, cursor: Int64? = nil, full: Bool = false) {
    self.name = name
    self.cursor = cursor
    self.full = full
  }
}

/// Where the stream begins.
package struct SubscribeResult: Codable, Sendable, Hashable {
  package var cursor: Int64

  package init(cursor: Int64) {
    self.cursor = cursor
  }
}
