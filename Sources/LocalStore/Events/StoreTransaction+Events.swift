import FonanaCore
import GRDB

extension StoreTransaction {
  func record(_ draft: EventDraft) throws {
    try db.run(
      """
      INSERT INTO event
        (at, kind, conversation_id, message_id, cid, notification_id, is_backlog, detail)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        now, draft.kind, draft.conversationID, draft.messageID, draft.cid, draft.notificationID,
        draft.isBacklog, draft.detail,
      ])
    let sequence = db.lastInsertedRowID
    result.events.append(draft.event(sequence: sequence, at: now))
    if sequence % limits.pruneEvery == 0 { try forgetOldRows(newest: sequence) }
  }

  private func forgetOldRows(newest: Int64) throws {
    let firstYoung =
      try db.first(
        "SELECT sequence FROM event WHERE at >= ? ORDER BY sequence LIMIT 1",
        [now - limits.eventAge]
      ) { try $0.at(0) as Int64 } ?? newest
    let firstKept = max(firstYoung, newest - limits.eventCount + 1)
    try db.run(
      "DELETE FROM event WHERE sequence < ?", [try min(firstKept, firstUnseen(newest: newest))])
    let past = now - limits.sentAge
    try db.run("DELETE FROM sent_log WHERE at < ?", [past])
    try db.run(
      "DELETE FROM outbox_history WHERE at < ? AND cid NOT IN (SELECT cid FROM outbox)", [past])
  }

  /// Of the consumers that still come; for none of them is kept without bounds.
  private func firstUnseen(newest: Int64) throws -> Int64 {
    let first = try db.first(
      "SELECT MIN(cursor) + 1 FROM watcher WHERE seen_at >= ?", [now - limits.consumerAge]
    ) { try $0.at(0) as Int64? }
    return max((first ?? nil) ?? .max, newest - limits.unseenCount + 1)
  }
}

extension EventDraft {
  fileprivate func event(sequence: Int64, at: Timestamp) -> StoreEvent {
    StoreEvent(
      sequence: sequence, at: at, kind: kind, conversationID: conversationID,
      messageID: messageID, cid: cid, notificationID: notificationID, isBacklog: isBacklog,
      detail: detail)
  }
}
