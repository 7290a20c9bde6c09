import FonanaCore
import GRDB

/// A coverage is the mark in the conversation's row and the rows of `gap` and `unreadable`, newest
/// first.
extension Database {
  func gaps(of id: ConversationID) throws -> [Gap] {
    try all(
      """
      SELECT newer_at, newer_id, older_at, older_id, cursor_at, cursor_id FROM gap
      WHERE conversation_id = ? ORDER BY place
      """, [id], Gap.init(row:)
    ).compactMap { $0 }
  }

  func coverage(of record: ConversationRecord) throws -> Coverage {
    Coverage(
      newest: record.newest, gaps: try gaps(of: record.id), floor: try floor(of: record.id),
      unreadable: try unreadable(of: record.id))
  }

  func replaceGaps(of id: ConversationID, with gaps: [Gap]) throws {
    try run("DELETE FROM gap WHERE conversation_id = ?", [id])
    for (place, gap) in gaps.enumerated() {
      try run(
        "INSERT INTO gap VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
          id, place, gap.newer.createdAt, gap.newer.id, gap.older?.createdAt, gap.older?.id,
          gap.cursor?.createdAt, gap.cursor?.id,
        ])
    }
  }
}

extension Database {
  func unreadable(of id: ConversationID) throws -> [UnreadableStretch] {
    try all(
      """
      SELECT newer_at, newer_id, older_at, older_id FROM unreadable
      WHERE conversation_id = ? ORDER BY place
      """, [id]
    ) { row in
      try UnreadableStretch(newer: row.position(at: 0), older: row.position(at: 2))
    }
  }

  func replaceUnreadable(of id: ConversationID, with stretches: [UnreadableStretch]) throws {
    try run("DELETE FROM unreadable WHERE conversation_id = ?", [id])
    for (place, stretch) in stretches.enumerated() {
      try run(
        "INSERT INTO unreadable VALUES (?, ?, ?, ?, ?, ?)",
        [
          id, place, stretch.newer?.createdAt, stretch.newer?.id, stretch.older?.createdAt,
          stretch.older?.id,
        ])
    }
  }
}

extension Gap {
  init?(row: Row) throws {
    guard let newer = try row.position(at: 0) else { return nil }
    try self.init(newer: newer, older: row.position(at: 2), cursor: row.position(at: 4))
  }
}
