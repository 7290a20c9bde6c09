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
}
