/// What `watch`, hooks and pages show; a row written in the transaction that causes it.
package struct StoreEvent: Hashable, Sendable, Codable {
  /// The cursor; grows, has no order beyond that.
  package var sequence: Int64
  package var at: Timestamp
  package var kind: EventKind
  package var conversationID: ConversationID?
  package var messageID: MessageID?
  package var cid: ClientID?
  package var notificationID: NotificationID?
  /// Known from before this daemon looked: shown, but nobody is called for it.
  package var isBacklog: Bool
  /// For kinds without a row: a JSON object.
  package var detail: JSONText?

  package init(
    sequence: Int64, at: Timestamp, kind: EventKind, conversationID: ConversationID? = nil,
    messageID: MessageID? = nil, cid: ClientID? = nil, notificationID: NotificationID? = nil,
    isBacklog: Bool = false, detail: JSONText? = nil
  ) {
    self.sequence = sequence
    self.at = at
    self.kind = kind
    self.conversationID = conversationID
    self.messageID = messageID
    self.cid = cid
    self.notificationID = notificationID
    self.isBacklog = isBacklog
    self.detail = detail
  }
}

/// The names of docs/interface.md, `watch`.
package enum EventKind: String, Hashable, Sendable, Codable, CaseIterable {
  case messageReceived = "message.received"
  case messageUpdated = "message.updated"
  case messageSent = "message.sent"
  case outboxChanged = "outbox.changed"
  case conversationChanged = "conversation.changed"
  case notificationReceived = "notification.received"
  case connectionChanged = "connection.changed"
  case tokenRefreshed = "token.refreshed"
  case syncProgress = "sync.progress"
}
