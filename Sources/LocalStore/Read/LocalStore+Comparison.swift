package import FonanaCore
import GRDB

/// What the mirror has of a page of the server's, to be compared with it: one committed state.
package struct MirroredPage: Sendable {
  /// Deleted ones too.
  package var rows: [MessageID: MirrorMessage]
  package var coverage: Coverage
}

/// What the mirror has of a whole conversation at one moment, in little memory: texts are told apart
/// by their hashes.
package struct MirroredHistory: Sendable {
  package struct Entry: Sendable {
    package var text: Int
    /// Complete and not deleted.
    package var isWhole: Bool
    /// Counts as there.
    package var isThere: Bool

    package func holds(_ other: String?) -> Bool { text == other.hashValue }
  }

  package var entries: [MessageID: Entry]
  package var coverage: Coverage
}

extension LocalStore {
  package func mirroredHistory(
    of id: ConversationID
  ) async throws(FonanaError) -> MirroredHistory {
    try await read { db in
      let rows = try db.all(
        """
        SELECT id, content, is_complete AND absences < 2, absences < 2 FROM message
        WHERE conversation_id = ?
        """, [id]
      ) { row in
        (
          try row.at(0) as MessageID,
          MirroredHistory.Entry(
            text: (try row.at(1) as String?).hashValue, isWhole: try row.at(2),
            isThere: try row.at(3))
        )
      }
      let record = try db.conversation(id) ?? ConversationRecord(id: id)
      return MirroredHistory(
        entries: Dictionary(rows) { first, _ in first }, coverage: try db.coverage(of: record))
    }
  }

  package func mirrored(
    _ ids: [MessageID], in id: ConversationID
  ) async throws(FonanaError) -> MirroredPage {
    try await read { db in
      var rows: [MessageID: MirrorMessage] = [:]
      for id in ids { rows[id] = try db.message(id) }
      let record = try db.conversation(id) ?? ConversationRecord(id: id)
      return MirroredPage(rows: rows, coverage: try db.coverage(of: record))
    }
  }

  /// Of all messages of a conversation that count as there, in their order.
  package func messageIDs(in id: ConversationID) async throws(FonanaError) -> [MessageID] {
    try await read { db in
      try db.all(
        """
        SELECT id FROM message WHERE conversation_id = ? AND absences < 2 ORDER BY created_at, id
        """, [id]
      ) { try $0.at(0) as MessageID }
    }
  }
}
