package import FonanaCore
import GRDB

/// What the mirror has of a page of the server's, to be compared with it: one committed state.
package struct MirroredPage: Sendable {
  /// Deleted ones too.
  package var rows: [MessageID: MirrorMessage]
  package var coverage: Coverage
}

extension LocalStore {
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
