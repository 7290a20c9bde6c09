import FonanaCore

/// An event before it has its cursor.
struct EventDraft {
  var kind: EventKind
  var conversationID: ConversationID?
  var messageID: MessageID?
  var cid: ClientID?
  var notificationID: NotificationID?
  var isBacklog = false
  var detail: JSONText?

  init(_ kind: EventKind, message: MirrorMessage, isBacklog: Backlog) {
    self.kind = kind
    conversationID = message.conversationID
    messageID = message.id
    cid = message.cid
    self.isBacklog = isBacklog.includes(message.createdAt)
  }

  init(_ kind: EventKind, conversation: ConversationID) {
    self.kind = kind
    conversationID = conversation
  }

  init(_ kind: EventKind, cid: ClientID, in conversation: ConversationID?) {
    self.kind = kind
    self.cid = cid
    conversationID = conversation
  }

  init(_ kind: EventKind, notification: NotificationID, isBacklog: Bool) {
    self.kind = kind
    notificationID = notification
    self.isBacklog = isBacklog
  }

  init(_ kind: EventKind, detail: JSONText) {
    self.kind = kind
    self.detail = detail
  }
}
