import FonanaCore
import GRDB

/// A row of `sent_log`.
struct SentLogRow: Equatable {
  var cid: ClientID
  var messageID: MessageID
  var conversationID: ConversationID
  var at: Timestamp
  /// nil when the item was not here any more when the server's answer came.
  var wish: Int64?

  init(_ row: Row) throws {
    cid = try row.at(0)
    messageID = try row.at(1)
    conversationID = try row.at(2)
    at = try row.at(3)
    wish = try row.at(4)
  }
}

extension Database {
  func sentLogRow(_ cid: ClientID) throws -> SentLogRow? {
    try first(
      "SELECT cid, message_id, conversation_id, at, wish FROM sent_log WHERE cid = ?", [cid],
      SentLogRow.init)
  }
}
