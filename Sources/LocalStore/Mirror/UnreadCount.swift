import FonanaCore
import GRDB

extension Database {
  /// How many messages of the conversation are unread by `UnreadRule`.
  func unread(_ record: ConversationRecord, mode: SyncMode) throws -> Int {
    switch mode {
    case .onRead:
      UnreadRule.onRead(
        listCount: record.listUnread, lastOfOther: try lastOfOther(in: record.id),
        readThrough: record.readThrough,
        pulledUnread: try unseen(in: record.id, after: record.readThrough, completeOnly: true))
    case .eager: try unseen(in: record.id, after: record.readThrough, completeOnly: false)
    }
  }

  private func lastOfOther(in id: ConversationID) throws -> MessagePosition? {
    try first(
      """
      SELECT created_at, id FROM message
      WHERE conversation_id = ? AND is_own = 0 AND absences < 2
      ORDER BY created_at DESC, id DESC LIMIT 1
      """, [id]
    ) { try $0.position(at: 0) } ?? nil
  }

  /// `UnreadRule.counts` as a query, so that a large conversation is not read into memory.
  private func unseen(
    in id: ConversationID, after mark: MessagePosition?, completeOnly: Bool
  ) throws -> Int {
    let count = try number(
      """
      SELECT COUNT(*) FROM message
      WHERE conversation_id = ? AND is_own = 0 AND is_read = 0 AND absences < 2
        AND (created_at, id) > (?, ?) AND is_complete >= ?
      """, [id, mark?.createdAt.milliseconds ?? Int64.min, mark?.id.rawValue ?? "", completeOnly])
    return Int(count)
  }
}
