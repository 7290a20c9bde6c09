import FonanaCore
import GRDB

extension StoreTransaction {
  /// Conversations that the list does not hold stay: it may be the changed part of one.
  func apply(_ list: [ListedState], isBacklog: Backlog) throws {
    // The list is newest first; events are told in the order of time.
    for state in list.reversed() { try apply(state, isBacklog: isBacklog) }
  }

  private func apply(_ state: ListedState, isBacklog: Backlog) throws {
    let listed = state.conversation
    let known = try db.conversation(listed.id)
    let record = (known ?? ConversationRecord(id: listed.id)).updated(from: listed)
    if record != known { try touch(listed.id) }
    try note(listed.participant)
    if record != known { try record.save(in: db) }
    if let last = listed.last {
      // What is read already was seen elsewhere: nobody has to be called for it.
      try add(
        island: MirrorMessage(listed: last, in: listed.id, me: me()),
        isBacklog: isBacklog || listed.unread == 0)
    }
    try setCoverage(state.coverage, of: listed.id)
  }

  func noteGone(_ id: ConversationID) throws {
    guard var record = try db.conversation(id), record.presence != .gone else { return }
    try touch(id)
    record.presence = .gone
    try record.save(in: db)
  }

  func setCoverage(_ coverage: Coverage, of id: ConversationID) throws {
    guard var record = try db.conversation(id) else { return }
    // The engine may not have heard yet of what was forgotten a moment ago.
    var coverage = coverage
    try floor(of: id).map { coverage.forget(before: $0) }
    if record.newest != coverage.newest {
      record.newest = coverage.newest
      try record.save(in: db)
    }
    if try db.gaps(of: id) != coverage.gaps { try db.replaceGaps(of: id, with: coverage.gaps) }
    if try db.unreadable(of: id) != coverage.unreadable {
      try db.replaceUnreadable(of: id, with: coverage.unreadable)
    }
  }

  func markRead(_ id: ConversationID, through position: MessagePosition) throws {
    guard var record = try db.conversation(id) else { return }
    if let mark = record.readThrough, mark >= position { return }
    try touch(id)
    record.readThrough = position
    try record.save(in: db)
  }
}

extension ConversationRecord {
  fileprivate func updated(from listed: ListedConversation) -> ConversationRecord {
    var record = self
    record.participantID = listed.participant.id
    record.createdAt = listed.createdAt ?? createdAt
    record.listUnread = listed.unread
    record.lastMessageID = listed.last?.id
    record.presence = .listed
    return record
  }
}
