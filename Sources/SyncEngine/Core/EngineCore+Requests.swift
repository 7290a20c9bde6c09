import FonanaCore

/// The one way to the server: budget, credentials, refusals, reachability.
extension EngineCore {
  /// Sends now, or when the budget allows. `isAsked`: a person waits for it, or it is bounded by
  /// other means; it is counted only when it fails.
  mutating func submit(_ request: ServerRequest, for purpose: Purpose, isAsked: Bool = false) {
    let pending = PendingRequest(
      id: RequestID(number: turn.nextNumber()), request: request, purpose: purpose,
      generation: session.token?.generation ?? 0, isSecondTry: false, isAsked: isAsked)
    guard isAsked || requests.awaitingBudget.isEmpty else { return wait(pending, for: nil) }
    guard !isAsked, let delay = budget.take(at: turn.now.boot, scale: configuration.timeScale)
    else { return put(pending, as: session.credentials) }
    wait(pending, for: delay)
  }

  /// Sends at once with the credentials given: a login has its own.
  mutating func send(
    _ request: ServerRequest, for purpose: Purpose, isAsked: Bool, as credentials: Credentials
  ) {
    put(
      PendingRequest(
        id: RequestID(number: turn.nextNumber()), request: request, purpose: purpose,
        generation: 0, isSecondTry: true, isAsked: isAsked), as: credentials)
  }

  private mutating func put(_ pending: PendingRequest, as credentials: Credentials?) {
    requests.add(pending)
    turn.emit(.request(pending.id, pending.request, credentials))
  }

  private mutating func wait(_ pending: PendingRequest, for delay: Duration?) {
    requests.awaitingBudget.append(pending)
    guard let delay else { return }
    turn.log(.debug, .budgetSpent)
    turn.emit(.setTimer(.budget, at: turn.now.boot + delay))
  }

  /// Sends what waits for the budget, since by now a person waits for it. False: nothing did.
  mutating func hurry(_ purpose: Purpose) -> Bool {
    guard var pending = requests.takeWaiting(for: purpose) else { return false }
    pending.isAsked = true
    resend(pending, isSecondTry: pending.isSecondTry)
    return true
  }

  mutating func budgetTimerFired() {
    while let pending = requests.awaitingBudget.first {
      if let delay = budget.take(at: turn.now.boot, scale: configuration.timeScale) {
        return turn.emit(.setTimer(.budget, at: turn.now.boot + delay))
      }
      requests.awaitingBudget.removeFirst()
      resend(pending, isSecondTry: pending.isSecondTry)
    }
  }

  /// Sends again under a new number, with the newest token.
  mutating func resend(_ pending: PendingRequest, isSecondTry: Bool = true) {
    var again = pending
    again.id = RequestID(number: turn.nextNumber())
    again.generation = session.token?.generation ?? 0
    again.isSecondTry = isSecondTry
    put(again, as: session.credentials)
  }

  mutating func resendRefused() {
    let waiting = requests.awaitingToken
    requests.awaitingToken = []
    for pending in waiting {
      if mayGoAgain(pending) { resend(pending) } else { deliver(Self.refused(""), to: pending) }
    }
  }

  /// While a refused POST waited for its token, a page may have shown the message. One under a
  /// condition is looked at anew.
  func mayGoAgain(_ pending: PendingRequest) -> Bool {
    guard case .send(let cid) = pending.purpose else { return true }
    return outbox.activity[cid] == .posting && outbox.items[cid]?.unlessRepliedSince == nil
  }

  /// No new token can be had now: what waited for one has failed.
  mutating func failRefused(with failure: ServerFailure) {
    let waiting = requests.awaitingToken
    requests.awaitingToken = []
    for pending in waiting { deliver(Self.refused(failure.detail), to: pending) }
  }

  private static func refused(_ detail: String) -> ServerAnswer {
    .failure(
      ServerFailure(
        .status, phase: .complete, status: 401, routeError: "the token was refused",
        detail: detail))
  }

  mutating func answered(_ id: RequestID, _ answer: ServerAnswer) {
    guard let pending = requests.remove(id) else { return }  // late: it was given up
    let isReachedAgain = noteReachability(answer, of: pending)
    noteAccount(answer, of: pending)
    // Only when the answer itself has been taken in: a list may forbid what an older one allowed.
    defer { if isReachedAgain { wakeOutbox() } }
    if case .failure(let failure) = answer {
      turn.log(
        .info, .requestFailed,
        "\(Route(pending.request).rawValue) \(failure.reason)"
      )
      if pending.isAsked { budget.charge(at: turn.now.boot, scale: configuration.timeScale) }
      let ownsToken = pending.purpose.isAboutToken
      if failure.isRefusal(of: pending), !ownsToken, isRetriedAfterRefusal(pending) { return }
    } else {
      session.accepted[Route(pending.request)] = pending.generation
      recovered(Route(pending.request))
    }
    deliver(answer, to: pending)
  }

  /// Whether the server has just come back.
  private mutating func noteReachability(_ answer: ServerAnswer, of pending: PendingRequest) -> Bool
  {
    switch answer {
    case .success(_, let facts):
      link.lastSuccessAt = turn.now.wall
      link.lastError = nil
      noteClock(facts)
      return noteReached()
    case .failure(let failure):
      guard failure.kind != .cancelled else { return false }
      link.lastError = failure.asError
      guard failure.isUnreachable else { return noteReached() }
      noteLost()
      return false
    }
  }

  /// Told when the clocks part, and not again before they have met.
  private mutating func noteClock(_ facts: ServerFacts) {
    guard let date = facts.date else { return }
    let ahead = (turn.now.wall - date).components.seconds
    let isSkewed = abs(ahead) > Link.noticeableSkew
    defer { link.isClockSkewed = isSkewed }
    guard isSkewed, !link.isClockSkewed else { return }
    turn.log(
      .warning, .clockSkewed,
      "this machine is \(abs(ahead)) s \(ahead < 0 ? "behind" : "ahead of") the server")
  }

  /// “User not found” of a list, a conversation or a send is about us; where somebody is looked up
  /// it is about them.
  private mutating func noteAccount(_ answer: ServerAnswer, of pending: PendingRequest) {
    guard [.conversations, .messages, .send].contains(Route(pending.request)) else { return }
    switch answer {
    case .success: session.isAccountMissing = false
    case .failure(let failure) where failure.isOfMissingAccount && !session.isAccountMissing:
      session.isAccountMissing = true
      turn.log(.error, .accountMissing)
    case .failure: break
    }
  }

  /// How long a person may be kept waiting: not at all without a sign of the server.
  func bounded(_ patience: Duration) -> Duration {
    switch link.state {
    case .reachable: patience
    case .unreachable: .zero
    case .unknown: max(.zero, min(patience, link.startedAtBoot + Link.firstSign - turn.now.boot))
    }
  }

  /// Somebody waited in vain: until the next answer nobody else does.
  mutating func noteSilence() {
    if link.state == .reachable { link.state = .unknown }
  }

  private mutating func noteReached() -> Bool {
    guard link.state != .reachable else { return false }
    link.state = .reachable
    turn.log(.info, .serverReachable)
    return true
  }

  private mutating func noteLost() {
    guard link.state != .unreachable else { return }
    link.state = .unreachable
    turn.log(.warning, .serverUnreachable)
  }

  private mutating func deliver(_ answer: ServerAnswer, to pending: PendingRequest) {
    switch pending.purpose {
    case .token: tokenAnswered(answer)
    case .logIn(let wish): logInAnswered(answer, wish: wish)
    case .logInList(let wish): logInListAnswered(answer, wish: wish)
    case .verify: verifyAnswered(answer, generation: pending.generation)
    case .version: versionAnswered(answer)
    case .question: questionAnswered(answer)
    case .list: listAnswered(answer)
    case .previews: previewsAnswered(answer)
    case .burst: burstAnswered(answer)
    case .pull(let conversation): pullAnswered(answer, conversation)
    case .reconcile(let conversation): reconcileAnswered(answer, conversation)
    case .resolve(let cid): resolveAnswered(answer, cid)
    case .resolveID(let cid): resolveAnswered(answer, cid, asID: true)
    case .openConversation(let cid): openConversationAnswered(answer, cid)
    case .upload(let cid): uploadAnswered(answer, cid)
    case .send(let cid): sendAnswered(answer, cid)
    case .wish(let wish): wishAnswered(answer, wish)
    }
  }

  private mutating func versionAnswered(_ answer: ServerAnswer) {
    if case .success(.version(let version), _) = answer { session.serverVersion = version }
  }
}

extension ServerFailure {
  /// Whether the token was refused. A send may have been stored behind a page of a proxy, whatever
  /// its status says: only the route's own word counts.
  fileprivate func isRefusal(of pending: PendingRequest) -> Bool {
    status == 401 && (Route(pending.request) != .send || routeError != nil)
  }
}

extension Purpose {
  /// Of a person who logs in; they stand for no account yet.
  var isLogin: Bool {
    switch self {
    case .logIn, .logInList: true
    default: false
    }
  }

  /// A refusal of these says nothing about a route: they are how a token is got or judged.
  var isAboutToken: Bool {
    switch self {
    case .token, .logIn, .logInList, .verify, .version: true
    default: false
    }
  }
}

/// What is known of the way to the server.
struct Link: Sendable {
  /// How long after the start a person waits for a first sign of the server.
  static let firstSign = Duration.seconds(1)

  /// In seconds, between our clock and the server's.
  static let noticeableSkew: Int64 = 30

  /// For a sign of the peer, when the network has changed below the connection.
  static let pongPatience = Duration.seconds(10)

  enum State: Sendable { case unknown, reachable, unreachable }
  var state: State = .unknown
  var startedAtBoot: Duration = .zero
  var lastSuccessAt: Timestamp?
  var lastError: FonanaError?
  var isClockSkewed = false
  var networkChangedAtBoot: Duration?
}
