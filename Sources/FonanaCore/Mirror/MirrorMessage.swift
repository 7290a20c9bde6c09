/// A row of the mirror.
package struct MirrorMessage: Hashable, Sendable, Codable {
  package var id: MessageID
  package var conversationID: ConversationID
  package var senderID: UserID
  package var cid: ClientID?
  package var content: String?
  package var textSource: TextSource
  package var mediaURL: String?
  package var mediaType: String?
  package var isPaid: Bool
  package var price: Double?
  package var isRead: Bool
  package var isPurchased: Bool
  package var createdAt: Timestamp
  package var metadata: JSONText?
  package var isOwn: Bool
  /// Came from the messages route at least once, or was sent from here.
  package var isComplete: Bool
  /// Successive covering reads that did not show it; two make it deleted.
  package var absences: Int

  package var isDeleted: Bool { absences >= 2 }
  package var position: MessagePosition { MessagePosition(createdAt: createdAt, id: id) }
  /// What others sell is neither shown nor fetched (docs/protocol.md, 4).
  package var isLocked: Bool { isPaid && !isPurchased && !isOwn }

  package init(
    id: MessageID, conversationID: ConversationID, senderID: UserID, cid: ClientID?,
    content: String?, textSource: TextSource, mediaURL: String?, mediaType: String?, isPaid: Bool,
    price: Double?, isRead: Bool, isPurchased: Bool, createdAt: Timestamp, metadata: JSONText?,
    isOwn: Bool, isComplete: Bool, absences: Int = 0
  ) {
    self.id = id
    self.conversationID = conversationID
    self.senderID = senderID
    self.cid = cid
    self.content = content
    self.textSource = textSource
    self.mediaURL = mediaURL
    self.mediaType = mediaType
    self.isPaid = isPaid
    self.price = price
    self.isRead = isRead
    self.isPurchased = isPurchased
    self.createdAt = createdAt
    self.metadata = metadata
    self.isOwn = isOwn
    self.isComplete = isComplete
    self.absences = absences
  }
}
