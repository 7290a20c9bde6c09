import FonanaCore
import GRDB

extension StoreEvent {
  static let columns = """
    sequence, at, kind, conversation_id, message_id, cid, notification_id, is_backlog, detail
    """

  init(_ row: Row) throws {
    try self.init(
      sequence: row.at(0), at: row.at(1), kind: row.at(2), conversationID: row.at(3),
      messageID: row.at(4),
      cid: row.at(5), notificationID: row.at(6), isBacklog: row.at(7), detail: row.at(8))
  }
}
