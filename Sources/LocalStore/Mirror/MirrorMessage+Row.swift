import FonanaCore
import GRDB

extension MirrorMessage {
  static let columns = """
    id, conversation_id, sender_id, cid, content, text_source, media_url, media_type, is_paid, \
    price, is_read, is_purchased, created_at, metadata, is_own, is_complete, absences
    """

  static let columnCount = 17

  /// For a statement that names other tables too.
  static func columns(of table: String) -> String {
    columns.split(separator: ", ").map { "\(table).\($0)" }.joined(separator: ", ")
  }

  init(_ row: Row) throws {
    try self.init(
      id: row.at(0), conversationID: row.at(1), senderID: row.at(2), cid: row.at(3),
      content: row.at(4),
      textSource: row.at(5), mediaURL: row.at(6), mediaType: row.at(7), isPaid: row.at(8),
      price: row.at(9),
      isRead: row.at(10), isPurchased: row.at(11), createdAt: row.at(12), metadata: row.at(13),
      isOwn: row.at(14),
      isComplete: row.at(15), absences: row.at(16))
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
