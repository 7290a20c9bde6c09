import FonanaCore

/// A row of the model server.
struct SimMessage {
  /// Who caused the read tick.
  enum Reader { case client, browser }

  var id: MessageID
  var senderID: UserID
  var content: String
  /// Before it was edited.
  var earlierTexts: [String] = []
  var cid: ClientID?
  var isPaid = false
  var media: String?
  var createdAt: Timestamp
  /// `createdAt` may be a little older.
  var committedAt: Timestamp
  /// Order of commits over the whole server.
  var commit: Int
  var isDeleted = false
  /// nil: not read.
  var readBy: Reader?
}
