import FonanaCore

/// All decisions of the engine, as one value: an event and the times in, effects out.
///
/// It has no clock, no chance of its own, no tasks and no I/O, and walks no dictionary in its own
/// order: the same events give the same effects. Its parts are small values (`Session`,
/// `Connection`, `Polling`, `Pulls`, `Outbox`, `RequestTable`); the extensions named after them
/// hold what happens to them. Effects that must follow a commit are emitted when the commit is
/// reported (`Sequel`).
package struct EngineCore: Sendable {
  package let configuration: EngineConfiguration
  var turn: Turn
  var session = Session()
  var connection = Connection()
  var link = Link()
  var poll = Polling()
  var book = ConversationBook()
  var pulls = Pulls()
  var outbox = Outbox()
  var requests = RequestTable()
  package internal(set) var records: Records
  var budget = RequestBudget(burst: 20, perMinute: 30)
  var commits: [TransactionID: PendingCommit] = [:]
  var logins: [WishID: Login] = [:]
  var listWishes: [WishID] = []
  /// Answered when no socket is open.
  var pauseWishes: [WishID] = []
  /// Calls that a person waits for, by wish.
  var callWishes: Set<WishID> = []
  /// What was asked for before the disk was read.
  var earlyWishes: [(id: WishID, wish: Wish)] = []
  var isBooted = false
  var isShuttingDown = false
  var hasStopped = false

  package init(
    configuration: EngineConfiguration, seed: UInt64, now: Times, records: Records = Records()
  ) {
    self.configuration = configuration
    self.records = records
    turn = Turn(
      now: now, seed: seed, scale: configuration.timeScale,
      isOnWallClock: configuration.mutant == .wallClock)
  }

  package mutating func handle(_ event: EngineEvent, at now: Times) -> [EngineEffect] {
    turn.begin(at: now)
    records.beginTurn()
    // Whatever comes first after a sleep.
    if isBooted, session.token != nil, !isShuttingDown { noteSleep() }
    route(event)
    if isShuttingDown { stopWhenQuiet() }
    return turn.effects
  }

  private mutating func route(_ event: EngineEvent) {
    switch event {
    case .booted(let snapshot, let credentials): booted(snapshot, credentials)
    case .answered(let id, let answer): answered(id, answer)
    case .committed(let id, let result): committed(id, result)
    case .commitFailed(let id, let error): commitFailed(id, error)
    case .socket(let id, let signal): socketSignalled(id, signal)
    case .timerFired(let timer): fired(timer)
    case .wished(let id, let wish): wished(id, wish)
    case .attentionBegan: attentionChanged(by: 1)
    case .attentionEnded: attentionChanged(by: -1)
    case .reconnectWanted: reconnectWanted()
    case .networkChanged: networkChanged()
    case .storePurged: storePurged()
    case .storeForgot(let id, let limit): storeForgot(id, before: limit)
    case .shutDown: shutDown()
    }
  }

  private mutating func booted(_ snapshot: StoreSnapshot, _ credentials: StoredCredentials?) {
    session.account = snapshot.account
    session.generation = snapshot.generation
    poll.lastListAt = snapshot.lastListAt
    poll.toldUnread = snapshot.unreadNotifications
    pulls.lastPullAt = snapshot.lastPullAt
    link.startedAtBoot = turn.now.boot
    book = ConversationBook(
      snapshot.conversations, forgottenBefore: snapshot.forgottenBefore)
    durable = Dictionary(
      uniqueKeysWithValues: snapshot.conversations.map { ($0.id, $0.coverage) })
    loadDeepChecks(of: snapshot.conversations)
    loadOutbox(snapshot)
    load(credentials)
    isBooted = true
    if session.token != nil {
      openSocketIfNeeded()
      startTicking()
      advanceOutbox()
      submit(.serverVersion, for: .version)
    }
    let waiting = earlyWishes
    earlyWishes = []
    for (id, wish) in waiting { wished(id, wish) }
  }

  private mutating func fired(_ timer: TimerID) {
    switch timer {
    case .refreshToken: refreshTimerFired()
    case .reconnect: openSocketIfNeeded()
    case .silence: silenceTimerFired()
    case .ping: pingTimerFired()
    case .stable: connection.forgetOutage()
    case .reassert: reassertTimerFired()
    case .tick: tickTimerFired()
    case .pulls: advancePulls()
    case .budget: budgetTimerFired()
    case .burst: takeHeldList()
    case .outbox, .outboxPace: advanceOutbox()
    case .saveAgain: saveAgainTimerFired()
    case .authProbe:
      advanceOutbox()
      advancePulls()
    case .patience(let wish): lostPatience(wish)
    case .socketPause: endPause()
    case .shutDown: stop()
    }
  }

  /// What is on disk of each conversation's coverage: memory goes back to it when a commit fails.
  var durable: [ConversationID: Coverage] = [:]
  /// The disk did not take the last commit. Meanwhile nothing is fetched that would tick: it could
  /// be neither kept nor shown.
  var isStoreFailing = false
  /// Items whose last change the disk did not take.
  var unsaved: Set<ClientID> = []
}
