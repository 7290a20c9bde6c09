import FonanaCore

/// The store of the simulated daemon: the acts of `StoreAct` by the pure rules of FonanaCore.
/// What it holds is durable.
struct MemoryStore {
  struct Conversation {
    var state: ConversationState
    /// In the order in which they became known.
    var rows: [MessageID] = []
  }

  struct Sent {
    var messageID: MessageID
    var conversationID: ConversationID
    var item: OutboxItem?
  }

  private(set) var account: AccountRecord?
  private(set) var generation: ServerGeneration?
  private(set) var isEchoing = true
  private(set) var lastListAt: Timestamp?
  private(set) var lastPullAt: Timestamp?
  private(set) var conversations: [ConversationID: Conversation] = [:]
  private(set) var order: [ConversationID] = []
  private(set) var messages: [MessageID: MirrorMessage] = [:]
  private(set) var users: [UserID: UserProfile] = [:]
  /// In enqueue order.
  private(set) var outbox: [OutboxItem] = []
  private(set) var sentLog: [ClientID: Sent] = [:]
  private(set) var cancelled: [ClientID: OutboxItem] = [:]
  private(set) var duplicates: Set<MessageID> = []
  private(set) var counters: [StoreCounter: Int] = [:]
  private var lastSequence: Int64 = 0
  private var lastEvent: Int64 = 0

  var snapshot: StoreSnapshot {
    StoreSnapshot(
      account: account, generation: generation, isEchoing: isEchoing, lastListAt: lastListAt,
      lastPullAt: lastPullAt,
      conversations: order.sorted().compactMap { conversations[$0]?.state }, outbox: outbox)
  }

  func item(_ cid: ClientID) -> OutboxItem? { outbox.first { $0.cid == cid } }

  func rows(of id: ConversationID) -> [MirrorMessage] {
    (conversations[id]?.rows ?? []).compactMap { messages[$0] }
  }

  func newestPosition(in id: ConversationID) -> MessagePosition? {
    rows(of: id).filter { !$0.isDeleted }.map(\.position).max()
  }

  /// By the shared rules.
  func unread(in id: ConversationID, mode: SyncMode) -> Int {
    guard let state = conversations[id]?.state else { return 0 }
    let rows = rows(of: id)
    let counted = rows.filter { UnreadRule.counts($0, readThrough: state.readThrough) }
    guard mode == .onRead else { return counted.count }
    let lastOfOther = rows.filter { !$0.isOwn && !$0.isDeleted }.map(\.position).max()
    return UnreadRule.onRead(
      listCount: state.listUnread, lastOfOther: lastOfOther, readThrough: state.readThrough,
      pulledUnread: counted.count { $0.isComplete })
  }

  // MARK: acts

  /// One transaction.
  mutating func perform(_ acts: [StoreAct], at now: Timestamp) -> StoreResult {
    var result = StoreResult()
    for act in acts { perform(act, at: now, &result) }
    return result
  }

  private mutating func perform(_ act: StoreAct, at now: Timestamp, _ result: inout StoreResult) {
    switch act {
    case .pinAccount(let record): account = record
    case .noteGeneration(let noted): generation = noted
    case .noteListed: lastListAt = now
    case .noteEcho(let isHeard): isEchoing = isHeard
    case .applyList(let list, let isBacklog):
      for state in list { apply(state, isBacklog, at: now, &result) }
    case .applyPage(let id, let page, let coverage, let isBacklog):
      lastPullAt = now
      apply(page, id, isBacklog, at: now, &result)
      conversations[id]?.state.coverage = coverage
    case .applyNotifications(let rows, _, let coverages, let isBacklog):
      for row in rows.reversed() {
        guard let preview = row.preview else { continue }
        add(
          MirrorMessage(preview: preview, at: row.createdAt, me: me), isBacklog, at: now, &result)
      }
      for (id, coverage) in coverages { conversations[id]?.state.coverage = coverage }
    case .markRead(let id, let position): markRead(id, through: position)
    case .noteConversation(let id, let profile):
      users[profile.id] = profile
      ensure(id, with: profile.id)
    case .noteUser(let profile): users[profile.id] = profile
    case .enqueue(let item): result.enqueued.append(enqueue(item))
    case .update(let item, _): update(item)
    case .confirm(let cid, let message, _): confirm(cid, message, at: now, &result)
    case .cancel(let cid, _): cancelled[cid] = remove(cid) ?? cancelled[cid]
    case .noteDuplicate(_, let id): duplicates.insert(id)
    case .count(let counter): counters[counter, default: 0] += 1
    case .markNotificationsRead, .record: break
    }
  }

  private var me: UserID { account?.userID ?? UserID("") }

  private mutating func ensure(_ id: ConversationID, with user: UserID?) {
    if conversations[id] == nil {
      conversations[id] = Conversation(state: ConversationState(id: id, participantID: user))
      order.append(id)
    } else if conversations[id]?.state.participantID == nil {
      conversations[id]?.state.participantID = user
    }
  }

  private mutating func apply(
    _ listed: ListedState, _ isBacklog: Bool, at now: Timestamp, _ result: inout StoreResult
  ) {
    let conversation = listed.conversation
    users[conversation.participant.id] = conversation.participant
    ensure(conversation.id, with: conversation.participant.id)
    conversations[conversation.id]?.state.listUnread = conversation.unread
    conversations[conversation.id]?.state.lastMessageID = conversation.last?.id
    if let last = conversation.last {
      add(
        MirrorMessage(listed: last, in: conversation.id, me: me),
        isBacklog || conversation.unread == 0, at: now, &result)
    }
    conversations[conversation.id]?.state.coverage = listed.coverage
  }

  private mutating func apply(
    _ page: MessagePage, _ id: ConversationID, _ isBacklog: Bool, at now: Timestamp,
    _ result: inout StoreResult
  ) {
    ensure(id, with: page.messages.first { $0.senderID != me }?.senderID)
    for message in page.messages.sorted(by: { $0.position < $1.position }) {
      let known = messages[message.id]
      let row = MirrorMessage(pulled: message, me: me, known: known)
      guard row != known else { continue }
      save(row)
      if let cid = row.cid, row.isOwn { noteSecondCopy(row, of: cid) }
      if known == nil, !row.isOwn { tell(row, isBacklog || row.isRead, at: now, &result) }
    }
    countAbsences(page, id)
  }

  private mutating func countAbsences(_ page: MessagePage, _ id: ConversationID) {
    let instants = page.messages.map(\.createdAt)
    guard let newest = instants.max(), let oldest = instants.min() else { return }
    let held = Set(page.messages.map(\.id))
    for row in rows(of: id)
    where row.createdAt > oldest && row.createdAt < newest && !row.isDeleted
      && !held.contains(row.id)
    {
      messages[row.id]?.absences += 1
    }
  }

  private mutating func add(
    _ island: MirrorMessage, _ isBacklog: Bool, at now: Timestamp, _ result: inout StoreResult
  ) {
    if let known = messages[island.id] {
      if let bettered = known.bettered(by: island) { save(bettered) }
      return
    }
    ensure(island.conversationID, with: island.isOwn ? nil : island.senderID)
    save(island)
    if !island.isOwn { tell(island, isBacklog, at: now, &result) }
  }

  private mutating func save(_ row: MirrorMessage) {
    if messages[row.id] == nil { conversations[row.conversationID]?.rows.append(row.id) }
    messages[row.id] = row
  }

  private mutating func tell(
    _ row: MirrorMessage, _ isBacklog: Bool, at now: Timestamp, _ result: inout StoreResult
  ) {
    lastEvent += 1
    result.events.append(
      StoreEvent(
        sequence: lastEvent, at: now, kind: .messageReceived, conversationID: row.conversationID,
        messageID: row.id, isBacklog: isBacklog))
  }

  private mutating func markRead(_ id: ConversationID, through position: MessagePosition) {
    guard let state = conversations[id]?.state else { return }
    conversations[id]?.state.readThrough = max(state.readThrough ?? position, position)
  }

  // MARK: the outbox

  private mutating func enqueue(_ wanted: OutboxItem) -> EnqueueResult {
    if let known = item(wanted.cid) {
      return known.isSameWish(as: wanted) ? .known(known) : .conflict
    }
    if let sent = sentLog[wanted.cid] {
      let isSame = sent.item?.isSameWish(as: wanted) ?? true
      return isSame ? .sent(wanted.cid, sent.messageID, sent.conversationID) : .conflict
    }
    var item = wanted
    lastSequence += 1
    item.sequence = lastSequence
    outbox.append(item)
    return .added(item)
  }

  private mutating func update(_ item: OutboxItem) {
    guard let index = outbox.firstIndex(where: { $0.cid == item.cid }) else { return }
    let sequence = outbox[index].sequence
    outbox[index] = item
    outbox[index].sequence = sequence
  }

  private mutating func remove(_ cid: ClientID) -> OutboxItem? {
    guard let index = outbox.firstIndex(where: { $0.cid == cid }) else { return nil }
    return outbox.remove(at: index)
  }

  private mutating func confirm(
    _ cid: ClientID, _ message: ServerMessage, at now: Timestamp, _ result: inout StoreResult
  ) {
    if let sent = sentLog[cid], sent.messageID != message.id {
      duplicates.insert(message.id)
      return
    }
    let item = item(cid)
    ensure(message.conversationID, with: item?.recipient.userID)
    var row = MirrorMessage(pulled: message, me: me, known: messages[message.id])
    row.cid = cid
    row.isOwn = true
    row.isComplete = true
    if row.content == nil, let typed = item?.content {
      row.content = typed
      row.textSource = .pulled
    }
    save(row)
    if sentLog[cid] == nil {
      sentLog[cid] = Sent(messageID: row.id, conversationID: row.conversationID, item: item)
    }
    _ = remove(cid)
  }

  /// Called for each own row of a page that carries a cid.
  private mutating func noteSecondCopy(_ row: MirrorMessage, of cid: ClientID) {
    let others = rows(of: row.conversationID).filter { $0.cid == cid && $0.id != row.id }
    let first = sentLog[cid]?.messageID ?? others.map(\.position).min()?.id
    if let first, first != row.id { duplicates.insert(row.id) }
  }
}
