import FonanaCore
import SyncEngine

/// The way between the client and the server.
extension Simulation {
  static let patience = Duration.seconds(30)

  func call(_ id: RequestID, _ request: ServerRequest, _ credentials: Credentials?) {
    checker.requested(request, id, credentials, self)
    onAsk?(clock.now)
    process.inFlight[id] = request
    var call = Call(
      id: id, epoch: process.epoch, request: request, credentials: credentials,
      sentAt: clock.now, fate: .normal)
    let way = network.milliseconds(5...200)
    if isPartitioned { return strand(call) }
    if isOut { return answer(call, Self.html(502), in: way) }
    if isCaptive { return answer(call, Self.badBody, in: way) }
    switch drawFate(of: request) {
    case nil: after(way, .arrive(call))
    case .notSent: fail(call, .noConnection, .nothingWritten, in: network.milliseconds(1...5000))
    case .requestLost:
      fail(call, .connectionLost, .partlyWritten, in: network.milliseconds(10...30_000))
    case .answerLost:
      call.fate = .unheard
      after(way, .arrive(call))
      fail(call, .connectionLost, .headersRead, in: way + network.milliseconds(1...29_000))
    case .slow: slow(call)
    case .badGateway: answer(call, Self.html(502), in: way)
    case .gatewayTimeout:
      call.fate = .answeredBy(Self.html(504))
      after(way, .arrive(call))
    case .errorBefore: answer(call, Self.json500(call.request), in: way)
    case .errorAfter:
      call.fate = .answeredBy(Self.json500(call.request))
      after(way, .arrive(call))
    case .throttled: throttle(call, for: network.seconds(1...120), in: way)
    case .throttledBlindly: throttle(call, for: nil, in: way)
    case .throttledLong: throttle(call, for: .seconds(3600), in: way)  // what ten years are cut to
    case .garbage:
      call.fate = .answeredBy(Self.badBody)
      network.happens(0.5) ? after(way, .arrive(call)) : answer(call, Self.badBody, in: way)
    case .otherAnswer:
      call.fate = .answeredOtherwise
      network.happens(0.5)
        ? after(way, .arrive(call)) : reply(.success(.done, .none), to: call, in: way)
    case .redirect: answer(call, Self.html(fate.pick([301, 302, 307, 308]) ?? 302), in: way)
    case .tooLarge: answer(call, Self.html(413), in: way)
    case .unechoed:
      call.fate = .unechoed
      after(way, .arrive(call))
    case .foreignGrant:
      reply(.success(.token(server.foreignGrant(at: clock.server)), .none), to: call, in: way)
    default: commitLate(call)
    }
  }

  /// Of all the faults that a request can meet, at most one.
  private func drawFate(of request: ServerRequest) -> FaultKind? {
    guard !isHealed else { return nil }
    for kind in FaultKind.ofRequests where canMeet(kind, request) && network.happens(plan[kind]) {
      tally.count(kind)
      return kind
    }
    return nil
  }

  private func canMeet(_ kind: FaultKind, _ request: ServerRequest) -> Bool {
    switch kind {
    case .tooLarge: request.isPost || request.isUpload
    case .unechoed, .throttledLong: request.isPost
    case .foreignGrant: Route(request) == .token && store.account != nil
    default: true
    }
  }

  private static let badBody = ServerFailure(
    .badBody, phase: .complete, status: 200, detail: "HTML")

  static func html(_ status: Int) -> ServerFailure {
    ServerFailure(.status, phase: .complete, status: status, detail: "\(status)")
  }

  private static func json500(_ request: ServerRequest) -> ServerFailure {
    ServerFailure(
      .status, phase: .complete, status: 500, routeError: "Failed to send message", detail: "500")
  }

  /// A partition refuses at once, or lets the caller wait.
  private func strand(_ call: Call) {
    if network.happens(0.7) {
      fail(call, .noConnection, .nothingWritten, in: network.milliseconds(1...500))
    } else {
      let phase: ServerFailure.Phase = network.happens(0.5) ? .nothingWritten : .partlyWritten
      fail(call, .timeout, phase, in: Self.patience)
    }
  }

  private func slow(_ call: Call) {
    var slow = call
    let way = network.milliseconds(1000...40_000)
    if way >= Self.patience, plan.profile == .p1 || !call.request.isPost || way < .seconds(55) {
      slow.fate = .unheard
      fail(call, .timeout, .partlyWritten, in: Self.patience)
    }
    after(way, .arrive(slow))
  }

  private func commitLate(_ call: Call) {
    var late = call
    late.fate = .unheard
    let at = network.seconds(1...plan.profile.latestCommit)
    after(at, .arrive(late))
    if network.happens(0.5) {
      fail(call, .timeout, .partlyWritten, in: Self.patience)
    } else {
      answer(call, Self.html(504), in: network.milliseconds(100...30_000))
    }
  }

  /// `delay`: nil: without a time that can be read.
  private func throttle(_ call: Call, for delay: Duration?, in way: Duration) {
    longestRetryAfter = max(longestRetryAfter, delay ?? .zero)
    answer(
      call,
      ServerFailure(
        .status, phase: .complete, status: 429, retryAfter: delay, detail: "429"), in: way)
  }

  private func fail(
    _ call: Call, _ kind: ServerFailure.Kind, _ phase: ServerFailure.Phase, in delay: Duration
  ) {
    let shown = mutation == .lostMeansUnsent ? .nothingWritten : phase
    answer(call, ServerFailure(kind, phase: shown, detail: kind.rawValue), in: delay)
    if shown != phase { checker.misled(call.request, phase) }
  }

  private func answer(_ call: Call, _ failure: ServerFailure, in delay: Duration) {
    reply(.failure(failure), to: call, in: delay)
  }

  private func reply(_ answer: ServerAnswer, to call: Call, in delay: Duration) {
    after(delay, .deliver(.answered(call.id, answer), epoch: call.epoch))
  }

  /// The server's part; what it marks read by it is looked at.
  private func handle(_ call: Call) -> ServerAnswer {
    let now = clock.server
    if case .listConversations = call.request {
      checker.ticks.listed(by: call, commits: server.commits)
    }
    guard case .listMessages(let id, _, _, _) = call.request else {
      return server.handle(call.request, as: call.credentials, at: now)
    }
    let unread = server.unread(in: id)
    let answer = server.handle(call.request, as: call.credentials, at: now)
    if !unread.isEmpty, server.unread(in: id).isEmpty { checker.ticked(unread, in: id, call, self) }
    return answer
  }

  /// The handler runs.
  func arrive(_ call: Call) {
    let answer = handle(call)
    note("server \(call.request.label) \(answer.label)") {
      $0.mix(call.request)
      $0.mix(answer)
    }
    switch call.fate {
    case .unheard: return
    case .answeredBy(let failure):
      if failure.status == 504 {
        return self.answer(call, failure, in: network.milliseconds(5...20_000))
      }
      self.answer(call, failure, in: network.milliseconds(5...200))
    case .answeredOtherwise:
      reply(.success(.done, .none), to: call, in: network.milliseconds(5...200))
    case .unechoed: reply(answer.withoutEcho, to: call, in: network.milliseconds(5...200))
    case .normal: reply(answer, to: call, in: network.milliseconds(5...200))
    }
  }
}

extension ServerFacts {
  /// An answer that tells nothing beside its content.
  fileprivate static let none = ServerFacts()
}

extension ServerAnswer {
  /// As of a server that has stopped to give back what it was sent.
  fileprivate var withoutEcho: ServerAnswer {
    guard case .success(.sent(var message, _), let facts) = self else { return self }
    message.cid = nil
    message.metadata = nil
    return .success(.sent(message, echoedCid: false), facts)
  }
}
