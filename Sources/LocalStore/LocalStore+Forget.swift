package import FonanaCore
import GRDB

extension LocalStore {
  /// Removes what is older than `limit` from the mirror, in one conversation or in all, so that no
  /// text of it is left in any file of the store, its copies included, and none of it comes back.
  /// The outbox stays.
  ///
  /// Without a limit everything that is here of the conversation is forgotten. A limit above all that
  /// is known here counts as one just above it: by a clock that is ahead of the server's, what comes
  /// next would be forgotten unseen. Refused with
  /// `.conflict` while a damaged store that was set aside may hold messages that were never sent.
  package func forget(
    _ id: ConversationID?, before limit: Timestamp?
  ) async throws(FonanaError) -> ForgottenPart {
    guard !writes.isClosed else { throw .storeClosed }
    guard !StoreRescue.mayHoldUnsaved(of: path) else { throw Self.unsavedMessages }
    let outcome: Result<ForgottenPart, FonanaError> = await withCheckedContinuation { result in
      pool.asyncBarrierWriteWithoutTransaction { connection in
        let answer = Result {
          let db = try connection.get()
          var part = ForgottenPart(messages: 0)
          try self.withoutTrace(in: db, .inRescuesToo) {
            part = try db.forget(id, before: limit)
          }
          return part
        }
        result.resume(returning: answer.mapError(FonanaError.init(store:)))
      }
    }
    return try outcome.get()
  }
}

extension LocalStore {
  private static var unsavedMessages: FonanaError {
    FonanaError(
      .conflict,
      "A damaged store that was set aside may hold messages that were never sent; nothing was forgotten.",
      hint: "“fonana status” names its folder: save what you need of it, remove it, and try again.")
  }
}

/// What a call of `forget` has removed.
package struct ForgottenPart: Hashable, Sendable {
  package var messages: Int
  /// nil: nothing of the conversation was ever here.
  package var before: Timestamp?
}

extension Database {
  fileprivate func forget(
    _ id: ConversationID?, before asked: Timestamp?
  ) throws -> ForgottenPart {
    let newest = try justAboveNewest(of: asked == nil ? id : nil)
    guard let limit = [asked, newest].compactMap({ $0 }).min() else {
      return ForgottenPart(messages: 0, before: try id.flatMap(floor))
    }
    let part = "created_at < :limit AND (:id IS NULL OR conversation_id = :id)"
    let arguments: StatementArguments = ["limit": limit, "id": id]
    let ids = "SELECT id FROM message WHERE \(part)"
    try run("DELETE FROM event WHERE message_id IN (\(ids))", arguments)
    try forgetNotifications(of: ids, arguments)
    // What a hook's program wrote may have repeated a message: the ending alone stays.
    try run("UPDATE watcher SET failure = substr(failure, 1, instr(failure || ':', ':') - 1)", [])
    try run("DELETE FROM message WHERE \(part)", arguments)
    let messages = changesCount
    for table in ["gap", "unreadable"] {
      try run(
        """
        DELETE FROM \(table)
        WHERE newer_at < :limit AND (:id IS NULL OR conversation_id = :id)
        """, arguments)
    }
    try noteForgotten(id, before: limit)
    return ForgottenPart(messages: messages, before: limit)
  }

  /// nil: of all conversations, and of the notifications.
  private func justAboveNewest(of id: ConversationID?) throws -> Timestamp? {
    try first(
      """
      SELECT MAX(created_at) FROM (
        SELECT created_at FROM message WHERE :id IS NULL OR conversation_id = :id
        UNION ALL SELECT created_at FROM notification WHERE :id IS NULL)
      """, ["id": id]
    ) { try $0.at(0) as Timestamp? }?.map { $0 + .milliseconds(1) }
  }

  /// A notification holds the beginning of its message, and the server goes on showing it: its row
  /// stays, without any text, as the mark that it was forgotten.
  private func forgetNotifications(of ids: String, _ arguments: StatementArguments) throws {
    let metadata = "CASE WHEN json_valid(metadata) THEN metadata END"
    try run(
      """
      UPDATE notification
      SET type = \(PlatformNotification.forgottenType), title = '', message = '', metadata = NULL,
        is_read = 1
      WHERE (:id IS NULL AND created_at < :limit)
        OR json_extract(\(metadata), '$.messageId') IN (\(ids))
        OR (json_extract(\(metadata), '$.conversationId') = :id AND created_at < :limit)
      """, arguments)
  }

  private func noteForgotten(_ id: ConversationID?, before limit: Timestamp) throws {
    guard let id else {
      let known = try time(.forgottenBefore) ?? limit
      return try run(
        "INSERT OR REPLACE INTO setting VALUES (?, ?)",
        [Setting.forgottenBefore, String(max(known, limit).milliseconds)])
    }
    try run(
      """
      UPDATE conversation SET forgotten_before = MAX(COALESCE(forgotten_before, 0), ?) WHERE id = ?
      """, [limit, id])
  }

  /// What is older was forgotten by a person.
  func floor(of id: ConversationID) throws -> Timestamp? {
    let own = try first("SELECT forgotten_before FROM conversation WHERE id = ?", [id]) {
      try $0.at(0) as Timestamp?
    }
    return try [own ?? nil, time(.forgottenBefore)].compactMap { $0 }.max()
  }
}

extension PlatformNotification {
  /// In SQL: the type of a row whose text was forgotten.
  static let forgottenType = "'fonana.forgotten'"
}

extension StoreTransaction {
  /// How much later than its message a notification is made. Within that span above a limit only
  /// the message itself says on which side of it it lies: the list or a page brings it.
  private static let longestLag = Duration.seconds(60)

  func floor(of id: ConversationID) throws -> Timestamp? {
    if let known = knownFloors[id] { return known }
    let floor = try db.floor(of: id)
    knownFloors[id] = floor
    return floor
  }

  func isForgotten(_ instant: Timestamp, in id: ConversationID) throws -> Bool {
    try floor(of: id).map { instant < $0 } ?? false
  }

  func isForgotten(_ notification: PlatformNotification) throws -> Bool {
    let subject = try subject(of: notification)
    let floor = try subject.conversation.map(floor) ?? db.time(.forgottenBefore)
    if let floor {
      if notification.createdAt < floor { return true }
      if let message = subject.message, try db.message(message) == nil {
        if notification.createdAt < floor + Self.longestLag { return true }
        if try isNewest(message, in: subject.conversation) { return true }
      }
    }
    let mark = PlatformNotification.forgottenType
    return try db.number(
      "SELECT COUNT(*) FROM notification WHERE id = ? AND type = \(mark)", [notification.id]) > 0
  }

  /// What a notification is about, by its metadata where it comes without the preview.
  private func subject(
    of notification: PlatformNotification
  ) throws -> (conversation: ConversationID?, message: MessageID?) {
    if let preview = notification.preview { return (preview.conversationID, preview.messageID) }
    let found = try db.first(
      """
      SELECT json_extract(metadata, '$.conversationId'), json_extract(metadata, '$.messageId')
      FROM (SELECT CASE WHEN json_valid(:metadata) THEN :metadata END AS metadata)
      """, ["metadata": notification.metadata?.text]
    ) { row in try (row.at(0) as ConversationID?, row.at(1) as MessageID?) }
    return found ?? (nil, nil)
  }

  /// A notification is a little younger than its message, and may come after it was forgotten: the
  /// conversation's marks still name the newest one.
  private func isNewest(_ message: MessageID, in id: ConversationID?) throws -> Bool {
    guard let record = try id.flatMap(db.conversation) else { return false }
    return [record.newest?.id, record.lastMessageID, record.readThrough?.id].contains(message)
  }
}
