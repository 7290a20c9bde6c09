import FonanaCore
import SyncEngine

/// What fails, and what nobody has asked for, shares 30 requests a minute with a burst of 20 (12).
/// What a person waits for is not counted, what a message or a conversation needs only when it
/// fails. While somebody looks, a push is looked into at once, sixty times a minute.
struct BudgetRecord {
  /// What fails together when nothing is left: sends, looks and fetches that are on their way.
  private static let onTheirWay = 20.0
  /// Who sends looks for two minutes, from the answer to the POST on, if that comes.
  private static let lookAfterSend = Duration.seconds(120)

  private var common = Bucket(burst: 20, perMinute: 30)
  private var pushes = Bucket(burst: 30, perMinute: 60)
  /// Lists and questions that pushes have earned.
  private var earned = (lists: 0, questions: 0)
  /// Those that are counted when they fail.
  private var bounded: Set<RequestID> = []
  private var sentAt: Duration?

  mutating func booted() { self = BudgetRecord() }
  mutating func personSends(at now: Duration) { sentAt = now }

  /// The socket has told something, or is there again.
  mutating func pushed(at now: Duration, isWatched: Bool) {
    let isLooking = isWatched || sentAt.map { now - $0 <= Self.lookAfterSend } ?? false
    guard isLooking, pushes.level(at: now) >= 1 else { return }
    pushes.take(at: now)
    earned = (earned.lists + 1, earned.questions + 1)
  }

  /// A sentence when it is too much.
  mutating func asked(_ request: ServerRequest, _ id: RequestID, _ sim: Simulation) -> String? {
    let now = sim.clock.now
    if request.isPost { sentAt = now }
    if sim.process.isPersonWaiting(for: request) || isEarned(request) { return nil }
    guard request.isUnasked else {
      bounded.insert(id)
      return nil
    }
    return count(at: now)
  }

  mutating func answered(
    _ request: ServerRequest, _ answer: ServerAnswer, _ id: RequestID, at now: Duration
  ) -> String? {
    if request.isPost { sentAt = now }
    let isBounded = bounded.remove(id) != nil
    guard case .failure(let failure) = answer, failure.kind != .cancelled, isBounded
    else { return nil }
    return count(at: now)
  }

  private mutating func isEarned(_ request: ServerRequest) -> Bool {
    switch request {
    case .listConversations where earned.lists > 0: earned.lists -= 1
    case .listNotifications where earned.questions > 0: earned.questions -= 1
    default: return false
    }
    return true
  }

  private mutating func count(at now: Duration) -> String? {
    common.take(at: now)
    return common.level(at: now) < -Self.onTheirWay
      ? "more requests fail or are made unasked than 30 a minute with a burst of 20" : nil
  }
}

/// Fills steadily up to its burst.
private struct Bucket {
  let burst: Double
  let perSecond: Double
  private var left: Double
  private var at = Duration.zero

  init(burst: Int, perMinute: Int) {
    (self.burst, perSecond) = (Double(burst), Double(perMinute) / 60)
    left = Double(burst)
  }

  func level(at now: Duration) -> Double {
    let passed = (now - at).components
    let seconds = Double(passed.seconds) + Double(passed.attoseconds) * 1e-18
    return min(burst, left + seconds * perSecond)
  }

  /// More than there is, too: then it is owed.
  mutating func take(at now: Duration) {
    left = level(at: now) - 1
    at = now
  }
}

extension ServerRequest {
  /// The client's own, that nobody's message or conversation is behind.
  fileprivate var isUnasked: Bool {
    switch self {
    case .requestToken, .verifyToken, .serverVersion, .listConversations: true
    case .listNotifications(let limit): limit < 50  // of 50 there is one for each burst of messages
    default: false
    }
  }
}

extension SimProcess {
  fileprivate func isPersonWaiting(for request: ServerRequest) -> Bool {
    switch request {
    case .listConversations, .listNotifications: !wishes.isEmpty
    case .requestToken: wishes.values.contains { if case .logIn = $0.kind { true } else { false } }
    case .listMessages(let id, _, _, _): isAskedToRead(id)
    default: false
    }
  }
}
