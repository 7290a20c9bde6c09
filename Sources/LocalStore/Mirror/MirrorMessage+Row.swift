import FonanaCore
import GRDB

extension MirrorMessage {
  static let columns = """
    id, conversation_id, sender_id, cid, content, text_source, media_url, media_type, is_paid, \
    price, is_read, is_purchased, created_at, metadata, is_own, is_complete, absences
    """

  static let columnCount = 17

  init(_ row: Row) throws { try self.init(row, from: 0) }

  /// `first`: the place of the first of the columns.
  init(_ row: Row, from first: Int) throws {
    try self.init(
      id: row.at(first), conversationID: row.at(first + 1), senderID: row.at(first + 2),
      cid: row.at(first + 3), content: row.at(first + 4), textSource: row.at(first + 5),
      mediaURL: row.at(first + 6), mediaType: row.at(first + 7), isPaid: row.at(first + 8),
      price: row.at(first + 9), isRead: row.at(first + 10), isPurchased: row.at(first + 11),
      createdAt: row.at(first + 12), metadata: row.at(first + 13), isOwn: row.at(first + 14),
      isComplete: row.at(first + 15), absences: row.at(first + 16))
  }

  /// Replaces the row of the same id and keeps its row number, which a full-text index refers to.
  func save(in db: Database) throws {
    try db.run(
      """
      INSERT INTO message (\(Self.columns), search_text)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET conversation_id = excluded.conversation_id,
        sender_id = excluded.sender_id, cid = excluded.cid, content = excluded.content,
        text_source = excluded.text_source, media_url = excluded.media_url,
        media_type = excluded.media_type, is_paid = excluded.is_paid, price = excluded.price,
        is_read = excluded.is_read, is_purchased = excluded.is_purchased,
        created_at = excluded.created_at, metadata = excluded.metadata,
        is_own = excluded.is_own, is_complete = excluded.is_complete, absences = excluded.absences,
        search_text = excluded.search_text
      """,
      [
        id, conversationID, senderID, cid, content, textSource, mediaURL, mediaType, isPaid, price,
        isRead, isPurchased, createdAt, metadata, isOwn, isComplete, absences,
        content.flatMap(SearchText.indexed),
      ])
  }
}

extension Database {
  func message(_ id: MessageID) throws -> MirrorMessage? {
    try first(
      "SELECT \(MirrorMessage.columns) FROM message WHERE id = ?", [id], MirrorMessage.init)
  }

  /// The newest one that is not deleted.
  func lastMessage(of id: ConversationID) throws -> MirrorMessage? {
    try first(
      """
      SELECT \(MirrorMessage.columns) FROM message WHERE conversation_id = ? AND absences < 2
      ORDER BY created_at DESC, id DESC LIMIT 1
      """, [id], MirrorMessage.init)
  }
}
