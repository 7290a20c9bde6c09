/// The place of a server message in its conversation: by instant, then by id.
package struct MessagePosition: Hashable, Sendable, Codable, Comparable {
  package var createdAt: Timestamp
  package var id: MessageID

  package init(createdAt: Timestamp, id: MessageID) {
    self.createdAt = createdAt
    self.id = id
  }

  package static func < (a: MessagePosition, b: MessagePosition) -> Bool {
    (a.createdAt, a.id) < (b.createdAt, b.id)
  }

  /// nil is newer than all that is known.
  package static func isNewer(_ a: MessagePosition?, than b: MessagePosition?) -> Bool {
    guard let b else { return false }
    return a.map { $0 > b } ?? true
  }
}
