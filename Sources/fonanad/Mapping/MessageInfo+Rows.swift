import ControlProtocol
import FonanaCore
import LocalStore

extension MessageInfo {
  init(_ row: MessageRow, userID: UserID?) {
    let message = row.message
    self.init(
      id: message.id, cid: message.cid, conversationId: message.conversationID,
      senderId: message.senderID, sender: row.sender?.nickname, content: message.content,
      createdAt: message.createdAt, isOwn: message.isOwn, isUnread: row.isUnread,
      isRead: message.isRead, isComplete: message.isComplete, isPaid: message.isPaid,
      price: message.price, isPurchased: message.isPurchased,
      mediaUrl: message.isLocked ? nil : message.mediaURL, mediaType: message.mediaType,
      metadata: message.metadata.map { JSONValue($0) }, state: message.isOwn ? .sent : .received)
  }

  /// A message that the server does not have yet.
  init(_ item: OutboxItem, account: AccountRecord?) {
    self.init(
      cid: item.cid, conversationId: item.recipient.conversationID, senderId: account?.userID,
      sender: account?.nickname, content: item.content, queuedAt: item.queuedAt, isOwn: true,
      isUnread: false, isRead: false, isComplete: true, isPaid: item.price != nil,
      price: item.price, isPurchased: false, mediaType: item.image?.contentType,
      metadata: item.metadata.map { JSONValue($0) },
      state: State(rawValue: item.state.shown) ?? .queued)
  }

  /// Cut to at most `limit` bytes of UTF-8, at a character.
  func cut(to limit: Int) -> MessageInfo {
    guard let beginning = TextPiece.cut(content, to: limit) else { return self }
    var result = self
    result.content = beginning
    result.truncated = true
    return result
  }

  var approximateBytes: Int { (content?.utf8.count ?? 0) + 512 }
}
