import FonanaCore

/// Pages, lists and notifications.
extension MemoryStore {
  mutating func apply(
    _ listed: ListedState, _ isBacklog: Backlog, at now: Timestamp, _ result: inout StoreResult
  ) {
    let conversation = listed.conversation
    note(conversation.participant)
    ensure(conversation.id, with: conversation.participant.id)
    conversations[conversation.id]?.state.isGone = false
    conversations[conversation.id]?.state.listUnread = conversation.unread
    conversations[conversation.id]?.state.lastMessageID = conversation.last?.id
    if let last = conversation.last {
      add(
        MirrorMessage(listed: last, in: conversation.id, me: me),
        isBacklog || conversation.unread == 0, at: now, &result)
    }
    conversations[conversation.id]?.state.coverage = listed.coverage
  }

  mutating func apply(
    _ rows: [PlatformNotification], _ coverages: [ConversationID: Coverage], _ isBacklog: Backlog,
    at now: Timestamp, _ result: inout StoreResult
  ) {
    for row in rows.reversed() {
      guard let preview = row.preview else { continue }
      add(MirrorMessage(preview: preview, at: row.createdAt, me: me), isBacklog, at: now, &result)
    }
    for (id, coverage) in coverages { conversations[id]?.state.coverage = coverage }
  }

  mutating func apply(
    _ page: MessagePage, _ proven: ClosedRange<Timestamp>?, _ id: ConversationID,
    _ isBacklog: Backlog, at now: Timestamp, _ result: inout StoreResult
  ) {
    let me = me
    ensure(id, with: page.messages.first { $0.senderID != me }?.senderID)
    conversations[id]?.lastPage += 1
    let number = conversations[id]?.lastPage ?? 0
    for place in page.oldestFirst {
      take(page.messages[place], me, isBacklog, number, at: now, &result)
    }
    if let proven { countAbsences(in: proven, id, number) }
  }

  private mutating func take(
    _ message: ServerMessage, _ me: UserID, _ isBacklog: Backlog, _ page: Int, at now: Timestamp,
    _ result: inout StoreResult
  ) {
    let place = places[message.id]
    if let place {
      shownIn[place] = page
      if messages[place].alreadyHolds(message, me: me) { return }
    }
    let known = place.map { messages[$0] }
    let row = MirrorMessage(pulled: message, me: me, known: known)
    guard row != known else { return }
    shownIn[save(row)] = page
    if let cid = row.cid, row.isOwn { noteSecondCopy(row, of: cid) }
    if known == nil, !row.isOwn { tell(row, isBacklog || row.isRead, at: now, &result) }
  }

  private mutating func countAbsences(
    in span: ClosedRange<Timestamp>, _ id: ConversationID, _ number: Int
  ) {
    for row in conversations[id]?.rows ?? [] where shownIn[row] != number {
      guard span.contains(messages[row].createdAt), !messages[row].isDeleted else { continue }
      messages[row].absences += 1
    }
  }

  private mutating func add(
    _ island: MirrorMessage, _ isBacklog: Backlog, at now: Timestamp, _ result: inout StoreResult
  ) {
    if let place = places[island.id] {
      if let bettered = messages[place].bettered(by: island) { messages[place] = bettered }
      return
    }
    ensure(island.conversationID, with: island.isOwn ? nil : island.senderID)
    save(island)
    if !island.isOwn { tell(island, isBacklog, at: now, &result) }
  }

  /// Its place.
  @discardableResult
  mutating func save(_ row: MirrorMessage) -> Int {
    if let place = places[row.id] {
      noteOwn(row, at: place)
      messages[place] = row
      return place
    }
    places[row.id] = messages.count
    noteOwn(row, at: messages.count)
    conversations[row.conversationID]?.rows.append(messages.count)
    messages.append(row)
    shownIn.append(0)
    return messages.count - 1
  }

  private mutating func noteOwn(_ row: MirrorMessage, at place: Int) {
    guard let cid = row.cid, ownRows[cid]?.contains(place) != true else { return }
    ownRows[cid, default: []].append(place)
  }

  /// Called for each own row of a page that carries a cid.
  private mutating func noteSecondCopy(_ row: MirrorMessage, of cid: ClientID) {
    let others = (ownRows[cid] ?? []).map { messages[$0].position }.filter { $0.id != row.id }
    let first = sentLog[cid]?.messageID ?? others.min()?.id
    if let first, first != row.id { duplicates.insert(row.id) }
  }
}

extension MessagePage {
  /// Places in `messages`. A page comes newest first; only ties may stand in another order.
  fileprivate var oldestFirst: [Int] {
    let isStrict = messages.indices.dropFirst().allSatisfy {
      messages[$0 - 1].createdAt > messages[$0].createdAt
    }
    if isStrict { return messages.indices.reversed() }
    let positions = messages.map(\.position)
    return positions.indices.sorted { positions[$0] < positions[$1] }
  }
}
