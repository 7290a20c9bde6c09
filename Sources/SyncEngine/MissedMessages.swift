package import FonanaCore

/// What the first list after a start or a long sleep has shown of others' new messages.
package struct MissedMessages: Sendable, Hashable, Codable {
  package struct Part: Sendable, Hashable, Codable {
    package var sender: UserProfile
    package var count: Int

    package init(sender: UserProfile, count: Int) {
      self.sender = sender
      self.count = count
    }
  }

  /// Grows with each such list.
  package var number: Int
  /// One for each conversation.
  package var parts: [Part]

  package init(number: Int, parts: [Part]) {
    self.number = number
    self.parts = parts
  }
}
