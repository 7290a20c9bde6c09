import FonanaCore
@testable import SyncEngine

/// Plays the driver for one core: keeps what it asked for, and lets a test answer in any order.
struct CoreBench {
  var core: EngineCore
  var now: Times
  var requests: [(id: RequestID, request: ServerRequest, token: String?)] = []
  var commits: [(id: TransactionID, acts: [StoreAct])] = []
  var allActs: [StoreAct] = []
  var answers: [WishID: WishAnswer] = [:]
  var sockets: [SocketID] = []
  var commands: [SocketCommand] = []
  var timers: [TimerID: Duration] = [:]
  var saved: [StoredCredentials] = []
  var stages: [Stage] = []
  var hasStopped = false
  private var lastWish = 0
  private var lastSequence: Int64 = 0

  static let start = Timestamp(milliseconds: 1_800_000_000_000)
  static let me = UserID("me")
  static let account = AccountRecord(
    origin: "http://127.0.0.1:3000", userID: me, wallet: "wallet", nickname: "me")

  init(mode: SyncMode = .onRead, reconcile: EngineConfiguration.Reconcile = .pull, seed: UInt64 = 1)
  {
    now = Times(monotonic: .zero, boot: .zero, wall: Self.start)
    core = EngineCore(
      configuration: EngineConfiguration(
        origin: Self.account.origin, mode: mode, reconcile: reconcile), seed: seed, now: now)
  }

  /// A bench whose daemon has started with a valid token and no conversation.
  static func loggedIn(
    mode: SyncMode = .onRead, reconcile: EngineConfiguration.Reconcile = .pull,
    snapshot: StoreSnapshot = StoreSnapshot(account: account), life: Duration = .seconds(3600),
    seed: UInt64 = 1
  ) -> CoreBench {
    var bench = CoreBench(mode: mode, reconcile: reconcile, seed: seed)
    bench.feed(.booted(snapshot, credentials(life: life)))
    return bench
  }

  static func credentials(life: Duration = .seconds(3600)) -> StoredCredentials {
    StoredCredentials(
      origin: account.origin, wallet: "wallet", userID: me, token: Redacted("token-1"),
      issuedAt: start, expiresAt: start + life)
  }

  mutating func feed(_ event: EngineEvent) {
    for effect in core.handle(event, at: now) { note(effect) }
  }

  private mutating func note(_ effect: EngineEffect) {
    switch effect {
    case .commit(let id, let acts):
      commits.append((id, acts))
      allActs += acts
    case .request(let id, let request, let credentials):
      requests.append((id, request, credentials?.token.exposed))
    case .cancel(let id): requests.removeAll { $0.id == id }
    case .openSocket(let id, _): sockets.append(id)
    case .say(_, let command): commands.append(command)
    case .setTimer(let timer, let instant): timers[timer] = instant
    case .cancelTimer(let timer): timers[timer] = nil
    case .save(let credentials): saved.append(credentials)
    case .answer(let wish, let answer): answers[wish] = answer
    case .log(let line): stages.append(line.stage)
    case .stop: hasStopped = true
    }
  }

  // MARK: time

  mutating func pass(_ duration: Duration) {
    now = Times(
      monotonic: now.monotonic + duration, boot: now.boot + duration, wall: now.wall + duration)
  }

  /// The machine is suspended.
  mutating func sleep(_ duration: Duration) {
    now = Times(
      monotonic: now.monotonic, boot: now.boot + duration, wall: now.wall + duration)
  }

  /// Goes to the timer's time and fires it.
  mutating func fire(_ timer: TimerID) {
    guard let instant = timers.removeValue(forKey: timer) else { return }
    if instant > now.boot { pass(instant - now.boot) }
    feed(.timerFired(timer))
  }

  /// Fires the timer, or the next tick when it is not set; time goes on in any case.
  mutating func fireOrPass(_ timer: TimerID) {
    pass(.seconds(1))
    if timers[timer] != nil { fire(timer) } else { fire(.tick) }
  }

  // MARK: the store

  /// Reports every open transaction as durable, and those that follow from it.
  mutating func commitAll() {
    while !commits.isEmpty { commitNext() }
  }

  mutating func commitNext() {
    let (id, acts) = commits.removeFirst()
    var result = StoreResult()
    for case .enqueue(var item) in acts {
      lastSequence += 1
      item.sequence = lastSequence
      result.enqueued.append(.added(item))
    }
    feed(.committed(id, result))
  }

  mutating func failNextCommit() {
    feed(
      .commitFailed(commits.removeFirst().id, FonanaError(.storeUnwritable, "The disk is full.")))
  }

  // MARK: the server

  /// Answers the oldest open request that `matches`; false when there is none.
  @discardableResult
  mutating func answer(_ reply: ServerReply, where matches: (ServerRequest) -> Bool) -> Bool {
    answer(.success(reply, ServerFacts()), where: matches)
  }

  @discardableResult
  mutating func answer(_ answer: ServerAnswer, where matches: (ServerRequest) -> Bool) -> Bool {
    guard let index = requests.firstIndex(where: { matches($0.request) }) else { return false }
    let id = requests.remove(at: index).id
    feed(.answered(id, answer))
    return true
  }

  mutating func answerList(_ list: [ListedConversation]) {
    answer(.conversations(list)) { $0 == .listConversations }
    commitAll()
  }

  func open(_ matches: (ServerRequest) -> Bool) -> [ServerRequest] {
    requests.map(\.request).filter(matches)
  }

  // MARK: people

  @discardableResult
  mutating func wish(_ wish: Wish) -> WishID {
    lastWish += 1
    let id = WishID(number: lastWish)
    feed(.wished(id, wish))
    return id
  }

  /// Enqueues a message for a known conversation and makes it durable.
  mutating func enqueue(_ text: String, to conversation: String = "c1") -> ClientID {
    let cid = ClientID("cid-\(text)")
    wish(
      .enqueue(
        OutboxItem(
          cid: cid,
          recipient: Recipient(
            text: conversation, userID: UserID("friend-of-\(conversation)"),
            conversationID: ConversationID(conversation)),
          content: text, state: .queued, queuedAt: now.wall)))
    commitNext()
    return cid
  }

  /// What the store was told to be gone, list by list.
  var goneActs: [[ConversationID]] {
    allActs.compactMap { act in
      if case .noteGone(let ids) = act { ids } else { nil }
    }
  }

  func state(of cid: ClientID) -> OutboxState? { core.outbox.items[cid]?.state }
}

// MARK: values

func listed(
  _ id: String, last: String? = nil, at milliseconds: Int64 = 0, from sender: String? = nil,
  unread: Int = 0, text: String? = nil
) -> ListedConversation {
  let friend = UserID("friend-of-\(id)")
  return ListedConversation(
    id: ConversationID(id), participant: UserProfile(id: friend, nickname: id),
    last: last.map {
      ListedMessage(
        id: MessageID($0), content: text ?? $0, senderID: sender.map { UserID($0) } ?? friend,
        createdAt: CoreBench.start + .milliseconds(milliseconds))
    }, unread: unread)
}

func message(
  _ id: String, in conversation: String = "c1", at milliseconds: Int64 = 0,
  from sender: String? = nil, cid: ClientID? = nil
) -> ServerMessage {
  ServerMessage(
    id: MessageID(id), conversationID: ConversationID(conversation),
    senderID: UserID(sender ?? "friend-of-\(conversation)"), content: id,
    createdAt: CoreBench.start + .milliseconds(milliseconds), cid: cid)
}

/// The notification of a message; a little younger than that.
func preview(
  _ id: String, in conversation: String = "c1", at milliseconds: Int64
) -> PlatformNotification {
  PlatformNotification(
    id: NotificationID("of-\(id)"), type: "NEW_MESSAGE", title: "", message: "", isRead: false,
    createdAt: CoreBench.start + .milliseconds(milliseconds),
    preview: MessagePreview(
      conversationID: ConversationID(conversation), messageID: MessageID(id),
      senderID: UserID("friend-of-\(conversation)"), senderName: nil, text: id))
}

func failure(_ status: Int, error: String? = nil) -> ServerAnswer {
  .failure(ServerFailure(.status, phase: .complete, status: status, routeError: error))
}

let unreachable = ServerAnswer.failure(
  ServerFailure(.noConnection, phase: .nothingWritten, detail: "refused"))

func grant(_ token: String, life: Duration = .seconds(3600), user: UserID = CoreBench.me)
  -> ServerReply
{
  .token(
    TokenGrant(
      token: Redacted(token), expiresAt: CoreBench.start + life, issuedAt: CoreBench.start,
      user: UserProfile(id: user, wallet: "wallet", nickname: "me"), generation: .b))
}

extension ServerRequest {
  var isSend: Bool { if case .sendMessage = self { true } else { false } }
  var isPull: Bool { if case .listMessages = self { true } else { false } }
  var isToken: Bool { if case .requestToken = self { true } else { false } }
  var isList: Bool { self == .listConversations }
  var isVerify: Bool { self == .verifyToken }
}
