/// A stretch of a conversation that the mirror does not hold completely.
///
/// Both ends are known messages; what lies strictly between may be missing. Single messages
/// inside it that are known from elsewhere ("islands") do not shrink it.
package struct Gap: Hashable, Sendable, Codable {
  package var newer: MessagePosition
  /// nil: down to the beginning of the conversation.
  package var older: MessagePosition?
  /// What to ask with as `before`: a message newer than all of `newer`'s ties; nil: start from
  /// the newest message.
  package var cursor: MessagePosition?

  package init(newer: MessagePosition, older: MessagePosition?, cursor: MessagePosition?) {
    self.newer = newer
    self.older = older
    self.cursor = cursor
  }

  /// Whether a page of what is older than `other` leaves some of it out. It does also when it was
  /// asked for because of a page that could not be written: that one alone held the ties of `newer`.
  func beginsAbove(_ other: MessagePosition) -> Bool {
    cursor.map { $0.createdAt > other.createdAt } ?? true
  }
}
