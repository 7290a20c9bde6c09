import FonanaCore

/// The store of the simulated daemon: the acts of `StoreAct` by the pure rules of FonanaCore.
/// What it holds is durable.
struct MemoryStore {
  struct Conversation {
    var state: ConversationState
    /// Places in `messages`, in the order in which they became known.
    var rows: [Int] = []
    /// The page that was applied last.
    var lastPage = 0
  }

  struct Sent {
    var messageID: MessageID
    var conversationID: ConversationID
    var item: OutboxItem?
  }

  var account: AccountRecord?
  var generation: ServerGeneration?
  var isEchoing = true
  private var lastListAt: Timestamp?
  private var lastPullAt: Timestamp?
  var conversations: [ConversationID: Conversation] = [:]
  var order: [ConversationID] = []
  var messages: [MirrorMessage] = []
  var places: [MessageID: Int] = [:]
  /// The last page of its conversation that showed the message of the same place.
  var shownIn: [Int] = []
  /// Places of own messages.
  var ownRows: [ClientID: [Int]] = [:]
  private(set) var profiles: [UserID: UserProfile] = [:]
  /// In enqueue order.
  var outbox: [OutboxItem] = []
  var sentLog: [ClientID: Sent] = [:]
  var cancelled: Set<ClientID> = []
  /// Whose story tells of an edit.
  private var edited: Set<ClientID> = []
  var duplicates: Set<MessageID> = []
  var counters: [StoreCounter: Int] = [:]
  var lastSequence: Int64 = 0
  private var lastEvent: Int64 = 0
  private var unreadNotifications: Int?

  var snapshot: StoreSnapshot {
    StoreSnapshot(
      account: account, generation: generation, isEchoing: isEchoing, lastListAt: lastListAt,
      lastPullAt: lastPullAt, unreadNotifications: unreadNotifications,
      conversations: order.sorted().compactMap { snapshot(of: $0) }, outbox: outbox,
      edited: outbox.map(\.cid).filter(edited.contains).sorted(), recipients: recipients)
  }

  private var recipients: [UserProfile] {
    Set(outbox.compactMap(\.recipient.userID)).map { profiles[$0] ?? UserProfile(id: $0) }
      .sorted { $0.id.rawValue < $1.id.rawValue }
  }

  private func snapshot(of id: ConversationID) -> ConversationState? {
    guard let conversation = conversations[id] else { return nil }
    var state = conversation.state
    state.lastReceivedAt =
      conversation.rows.lazy.map { messages[$0] }
      .filter { !$0.isOwn && ($0.isComplete || $0.textSource >= .list) }.map(\.createdAt).max()
    return state
  }

  var isOutboxEmpty: Bool { outbox.isEmpty }
  var me: UserID { account?.userID ?? UserID("") }

  func item(_ cid: ClientID) -> OutboxItem? { outbox.first { $0.cid == cid } }
  func state(of id: ConversationID) -> ConversationState? { conversations[id]?.state }
  func sentMessage(_ cid: ClientID) -> MessageID? { sentLog[cid]?.messageID }
  func isCancelled(_ cid: ClientID) -> Bool { cancelled.contains(cid) }
  func profile(of user: UserID) -> UserProfile? { profiles[user] }
  /// Whether this row of the server was counted as a further copy of a message of ours.
  func isCountedCopy(_ id: MessageID) -> Bool { duplicates.contains(id) }
  func message(_ id: MessageID) -> MirrorMessage? { places[id].map { messages[$0] } }

  func conversation(with user: UserID) -> ConversationID? {
    order.first { conversations[$0]?.state.participantID == user }
  }

  func newestPosition(in id: ConversationID) -> MessagePosition? {
    newest(in: id) { !$0.isDeleted }
  }

  private func newest(
    in id: ConversationID, where isCounted: (MirrorMessage) -> Bool
  ) -> MessagePosition? {
    guard let rows = conversations[id]?.rows else { return nil }
    var newest: Int?
    for row in rows where isCounted(messages[row]) {
      if let best = newest, !isNewer(row, than: best) { continue }
      newest = row
    }
    return newest.map { messages[$0].position }
  }

  private func isNewer(_ row: Int, than other: Int) -> Bool {
    let (at, otherAt) = (messages[row].createdAt, messages[other].createdAt)
    return at != otherAt ? at > otherAt : messages[row].id > messages[other].id
  }

  /// By the shared rules.
  func unread(in id: ConversationID, mode: SyncMode) -> Int {
    guard let conversation = conversations[id] else { return 0 }
    let state = conversation.state
    let counted = conversation.rows.filter {
      UnreadRule.counts(messages[$0], readThrough: state.readThrough)
    }
    guard mode == .onRead else { return counted.count }
    return UnreadRule.onRead(
      listCount: state.listUnread,
      lastOfOther: newest(in: id) { !$0.isOwn && !$0.isDeleted },
      readThrough: state.readThrough, pulledUnread: counted.count { messages[$0].isComplete })
  }

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
    case .noteGone(let ids): for id in ids { conversations[id]?.state.isGone = true }
    case .applyPage(let id, let page, let coverage, let proven, let isBacklog):
      lastPullAt = now
      apply(page, proven, id, isBacklog, at: now, &result)
      conversations[id]?.state.coverage = coverage
    case .applyNotifications(let rows, let unread, let coverages, let isBacklog):
      unreadNotifications = unread ?? unreadNotifications
      apply(rows, coverages, isBacklog, at: now, &result)
    case .markRead(let id, let position): markRead(id, through: position)
    case .noteConversation(let id, let profile):
      note(profile)
      ensure(id, with: profile.id)
    case .noteUser(let profile): note(profile)
    case .enqueue(let item): result.enqueued.append(enqueue(item))
    case .update(let item, let entry):
      if entry.outcome == "edited", self.item(item.cid) != nil { edited.insert(item.cid) }
      update(item)
    case .confirm(let cid, let message, _): confirm(cid, message)
    case .cancel(let cid, _): if remove(cid) { cancelled.insert(cid) }
    case .noteDuplicate(_, let id): duplicates.insert(id)
    case .count(let counter): counters[counter, default: 0] += 1
    case .noteDeepCheck(let id): conversations[id]?.state.deepCheckedAt = now
    case .markNotificationsRead, .record: break
    }
  }

  /// What the server once told stays known.
  mutating func note(_ profile: UserProfile) {
    let known = profiles[profile.id]
    profiles[profile.id] = UserProfile(
      id: profile.id, wallet: profile.wallet ?? known?.wallet,
      nickname: profile.nickname ?? known?.nickname)
  }

  mutating func tell(
    _ row: MirrorMessage, _ isBacklog: Backlog, at now: Timestamp, _ result: inout StoreResult
  ) {
    lastEvent += 1
    result.events.append(
      StoreEvent(
        sequence: lastEvent, at: now, kind: .messageReceived, conversationID: row.conversationID,
        messageID: row.id, isBacklog: isBacklog.includes(row.createdAt)))
  }

  mutating func ensure(_ id: ConversationID, with user: UserID?) {
    if conversations[id] == nil {
      conversations[id] = Conversation(state: ConversationState(id: id, participantID: user))
      order.append(id)
    } else if conversations[id]?.state.participantID == nil {
      conversations[id]?.state.participantID = user
    }
  }

  private mutating func markRead(_ id: ConversationID, through position: MessagePosition) {
    guard let state = conversations[id]?.state else { return }
    conversations[id]?.state.readThrough = max(state.readThrough ?? position, position)
  }
}
