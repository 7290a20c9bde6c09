import FonanaCore
import SyncEngine

/// Watches the trace for broken invariants (docs/reliability.md, “The simulator”), by its own rules: it
/// shares none of the core's judgement.
struct Checker {
  private(set) var violation: Violation?
  var healedAt: Duration?
  var posts: [ClientID: PostRecord] = [:]
  var looks: [ConversationID: Look] = [:]
  /// When the requests from the newest message were made.
  var lookBegins: [RequestID: (at: Duration, commits: Int)] = [:]
  /// What the server had committed when a conversation was last looked into and stored: of later
  /// ones with an older date the client can't know.
  private(set) var lookedUpTo: [ConversationID: Int] = [:]
  var lists = ListRecord()
  var ticks = TickRecord()
  var lost = LostRecord()
  var absences = AbsenceRecord()
  var replies = ReplyRecord()
  var refreshes = RefreshRecord()
  var sockets = SocketRecord()
  var timers = TimerRecord()
  var budget = BudgetRecord()
  /// Until when the server does not want to hear of a message.
  var throttled: [ClientID: Duration] = [:]
  /// Messages for which a person was called.
  var told: Set<MessageID> = []
  /// A connection from before the machine slept, and when that ended.
  var sleeper: (serial: Int, wokeAt: Duration)?
  /// Messages of which, as the core was told, not a byte has left.
  var unsent: Set<ClientID> = []
  /// Messages whose edited text has come in a page.
  var shownEdits: Set<MessageID> = []
  /// POSTs of which the core was told an untruth.
  var misleading: Set<ClientID> = []

  /// Keeps the first one.
  mutating func fail(_ invariant: Int, _ text: String) {
    violation = violation ?? Violation(invariant: invariant, text: text)
  }

  mutating func storedPage(of id: ConversationID) {
    lookedUpTo[id] = max(looks[id]?.commits ?? 0, lookedUpTo[id] ?? 0)
  }

  mutating func booted(at now: Duration) {
    budget.booted()
    throttled = [:]
    unsent = []
    for cid in posts.keys.sorted() where posts[cid]?.isOnTheWay == true {
      posts[cid]?.becomesUnknown(at: now, after: 30, needs: 2)
    }
  }

  mutating func died(at now: Duration) {
    lists.forget()
    ticks.died()
    replies.died()
    looks = [:]
    lookBegins = [:]
    sockets.forgive()
    sleeper = nil
    shownEdits = []
  }

  /// After each event: something must come back while work remains (13).
  mutating func settledDown(_ sim: Simulation) {
    guard sim.process.isRunning, sim.process.stoppingSince == nil else { return }
    // Without a token everything waits for a person.
    if sim.credentials?.token != nil, !sim.process.isArmed {
      fail(13, "work remains, and nothing is armed")
    }
    if let sleeper, sim.clock.now > sleeper.wokeAt + .seconds(150), sim.credentials?.token != nil {
      self.sleeper = nil
      if sim.process.socket?.serial == sleeper.serial {
        fail(12, "two minutes after a sleep the connection is still the one from before it")
      }
    }
    let now = sim.clock.times.monotonic
    for (id, wish) in sim.process.wishes where now - wish.since > .seconds(900) {
      if case .logIn = wish.kind { continue }
      if sim.process.timers[.patience(id)] != nil { continue }  // the machine slept
      fail(13, "wish \(id.number) waits for an answer since \(Trace.stamp(wish.since))")
    }
  }

  mutating func requested(
    _ request: ServerRequest, _ id: RequestID, _ credentials: Credentials?, _ sim: Simulation
  ) {
    check(credentials, sim)
    refreshes.sent(id)
    if let text = budget.asked(request, id, sim) { fail(12, text) }
    switch request {
    case .requestToken: countRefreshes(sim)
    case .listConversations: replies.asks(id, at: sim.clock.now)
    case .sendMessage(let id, let message):
      posted(message.cid, id, sim)
      postedUnderCondition(message.cid, id, sim)
      spoken(message, sim)
      enclosed(message, sim)
    case .uploadImage(let fileName): uploads(fileName, sim)
    case .listMessages(let conversation, _, let before, _):
      looked(into: conversation, before: before, id, sim)
    default: break
    }
  }

  private mutating func check(_ credentials: Credentials?, _ sim: Simulation) {
    guard let credentials else { return }
    let isOurs =
      credentials.wallet == ModelServer.wallet
      && sim.server.tokens.contains(credentials.token.exposed)
    if !isOurs { fail(10, "credentials of somebody else") }
  }

  private mutating func countRefreshes(_ sim: Simulation) {
    let isLoggingIn = sim.process.wishes.values.contains {
      if case .logIn = $0.kind { true } else { false }
    }
    guard !isLoggingIn else { return }
    let underWay = sim.process.inFlight.values.contains {
      if case .requestToken = $0 { true } else { false }
    }
    if underWay { fail(11, "two token requests at once") }
    if let text = refreshes.whyNeedless(at: sim.clock.times.boot) { fail(11, text) }
  }

  mutating func opensSocket(_ credentials: Credentials, _ sim: Simulation) {
    check(credentials, sim)
    if let socket = sim.process.socket, !socket.isDropped {
      fail(12, "a second socket beside the first")
    }
    if let text = sockets.opened(at: sim.clock.now) { fail(12, text) }
  }

  mutating func socketEnded(at now: Duration, byUs isOurs: Bool) {
    if let text = sockets.ended(at: now, byUs: isOurs) { fail(12, text) }
  }
  mutating func commitFailed(_ acts: [StoreAct], in store: MemoryStore) {
    for case .applyList in acts { lists.areStored = false }
    lost.failed(acts, in: store)
  }
  mutating func forgiveSockets() { sockets.forgive() }

  mutating func answered(
    _ request: ServerRequest, _ answer: ServerAnswer, _ id: RequestID, _ sim: Simulation
  ) {
    let now = sim.clock.now
    if let text = budget.answered(request, answer, id, at: now) { fail(12, text) }
    refreshes.answered(request, answer, id)
    switch (request, answer) {
    case (.sendMessage(_, let message), _): postAnswered(message.cid, answer, at: now)
    case (.listConversations, .success(.conversations(let list), _)):
      let commits = ticks.takeList(id, epoch: sim.process.epoch) ?? 0
      lists.came(list, at: now, commits: commits)
      replies.came(list, id, at: now)
    case (.listMessages(let conversation, _, _, _), .success(.page(let page), _)):
      pageCame(page, conversation, id, sim)
      replies.came(page, conversation)
    case (.listMessages(let conversation, _, _, _), .failure(let failure))
    where failure.status == 401 || failure.status == 404:
      lists.refused[conversation, default: 0] += 1
      ticks.refuse(id, epoch: sim.process.epoch, in: conversation)
    default: break
    }
  }
}
