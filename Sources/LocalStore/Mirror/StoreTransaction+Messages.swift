import FonanaCore
import GRDB

extension StoreTransaction {
  /// A page of the messages route.
  func apply(
    _ page: MessagePage, of id: ConversationID, coverage: Coverage,
    proven: ClosedRange<Timestamp>?, isBacklog: Backlog
  ) throws {
    let me = try me()
    try touch(id)
    let other = page.messages.first { $0.senderID != me }?.senderID
    try ensureConversation(id, with: other)
    for message in page.messages.sorted(by: { $0.position < $1.position }) {
      try message.sender.map(note)
      try add(pulled: message, to: id, isBacklog: isBacklog)
    }
    if let proven { try countAbsences(from: page, in: proven, of: id, isBacklog: isBacklog) }
    try setCoverage(coverage, of: id)
  }

  private func add(
    pulled message: ServerMessage, to id: ConversationID, isBacklog: Backlog
  ) throws {
    var message = message
    message.conversationID = id
    guard try !isForgotten(message.createdAt, in: id) else { return }
    let known = try db.message(message.id)
    let row = MirrorMessage(pulled: message, me: try me(), known: known)
    guard row != known else { return }
    try row.save(in: db)
    if let cid = row.cid { try noteSecondCopy(row, of: cid) }
    try record(changeFrom: known, to: row, isBacklog: isBacklog)
  }

  /// What a list or a notification shows of a message.
  func add(island: MirrorMessage, isBacklog: Backlog) throws {
    guard try !isForgotten(island.createdAt, in: island.conversationID) else { return }
    let known = try db.message(island.id)
    if let known {
      guard let bettered = known.bettered(by: island) else { return }
      try touch(known.conversationID)
      try bettered.save(in: db)
      try record(changeFrom: known, to: bettered, isBacklog: isBacklog)
    } else {
      try touch(island.conversationID)
      try ensureConversation(island.conversationID, with: island.senderID)
      try island.save(in: db)
      try record(changeFrom: nil, to: island, isBacklog: isBacklog)
    }
  }

  /// Rows that the page should hold and does not.
  private func countAbsences(
    from page: MessagePage, in span: ClosedRange<Timestamp>, of id: ConversationID,
    isBacklog: Backlog
  ) throws {
    let held = Set(page.messages.map(\.id))
    let missing = try db.all(
      """
      SELECT id FROM message
      WHERE conversation_id = ? AND created_at BETWEEN ? AND ? AND absences < 2
      """, [id, span.lowerBound, span.upperBound]
    ) { try $0.at(0) as MessageID }.filter { !held.contains($0) }
    for known in try missing.compactMap(db.message) {
      var row = known
      row.absences += 1
      try row.save(in: db)
      try record(changeFrom: known, to: row, isBacklog: isBacklog)
    }
  }

  /// One event at most for what became of a row. The first sight of a message of another is its
  /// arrival; an own one is announced when it is known completely, since a list may show it while
  /// its POST is still on the way.
  private func record(
    changeFrom known: MirrorMessage?, to row: MirrorMessage, isBacklog: Backlog
  ) throws {
    if row.isOwn {
      if row.isComplete, known?.isComplete != true {
        guard try !isExpected(row) else { return }
        return try record(EventDraft(.messageSent, message: row, isBacklog: isBacklog))
      }
    } else if known == nil {
      return try record(
        EventDraft(.messageReceived, message: row, isBacklog: isBacklog || row.isRead))
    }
    guard let known, row.looksDifferent(from: known) else { return }
    try record(EventDraft(.messageUpdated, message: row, isBacklog: isBacklog))
  }

  /// An item of the outbox that its confirmation will announce.
  private func isExpected(_ row: MirrorMessage) throws -> Bool {
    guard let cid = row.cid else { return false }
    return try db.number("SELECT COUNT(*) FROM outbox WHERE cid = ?", [cid]) > 0
  }
}

extension MirrorMessage {
  /// Whether a reader sees a difference.
  fileprivate func looksDifferent(from other: MirrorMessage) -> Bool {
    content != other.content || isRead != other.isRead || isPurchased != other.isPurchased
      || isComplete != other.isComplete || isDeleted != other.isDeleted
      || mediaURL != other.mediaURL
  }
}
