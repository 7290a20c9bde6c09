import FonanaCore

/// A row of the model server.
struct SimMessage {
  /// Who caused the read tick.
  enum Reader { case client, browser }

  var id: MessageID
  var senderID: UserID
  var content: String
  var cid: ClientID?
  var isPaid = false
  var createdAt: Timestamp
  /// Order of commits over the whole server.
  var commit: Int
  var isDeleted = false
  /// nil: not read.
  var readBy: Reader?
}

/// A conversation of the model server between the account and a partner.
struct SimConversation {
  var id: ConversationID
  var partner: Int
  /// In commit order.
  var messages: [SimMessage] = []
  var createdAt: Timestamp

  var unread: Int {
    messages.count { $0.senderID != ModelServer.me && $0.readBy == nil && !$0.isDeleted }
  }

  /// Newest first; the order within an instant is the server's own.
  var newestFirst: [SimMessage] {
    messages.filter { !$0.isDeleted }
      .sorted { $0.createdAt != $1.createdAt ? $0.createdAt > $1.createdAt : $0.commit < $1.commit }
  }
}
