import ControlProtocol
import FonanaCore
import Glibc

/// `fonana doctor --exchange A B`: one marked message each way between two profiles.
struct ExchangeTest {
  private static let arrival = Duration.seconds(90)
  private static let tick = Duration.seconds(8)
  private static let popUp = Duration.seconds(5)

  private let context: Context
  init(_ context: Context) { self.context = context }

  func run(
    _ first: String, _ second: String, _ show: (ExchangeLeg) -> Void
  ) throws(FonanaError) -> ExchangeReport {
    for profile in [first, second] { try refuseUnknown(profile) }
    let (a, b) = (try person(first), try person(second))
    guard a.userId != b.userId else {
      throw FonanaError(
        .invalidInput, "Both profiles are of the same account.",
        hint: "Log in with another wallet: fonana login --profile NAME --wallet ADDRESS.")
    }
    var legs: [ExchangeLeg] = []
    for (from, to) in [(a, b), (b, a)] {
      let leg = try leg(from, to)
      show(leg)
      legs.append(leg)
    }
    return ExchangeReport(legs: legs)
  }

  private func place(_ profile: String) throws(FonanaError) -> Context {
    var global = context.global
    global.profile = profile
    return try Context(global, environment: context.environment)
  }

  /// A profile that never was is not made by asking for it.
  private func refuseUnknown(_ profile: String) throws(FonanaError) {
    let paths = try place(profile).paths
    guard access(paths.dataFolder, F_OK) != 0 else { return }
    throw FonanaError(
      .notFound, "There is no profile “\(paths.profile)”.",
      hint: "Type “fonana profiles” for those there are, or “fonana login --profile "
        + "\(paths.profile) --wallet ADDRESS” to make it.")
  }

  private func person(_ profile: String) throws(FonanaError) -> AccountInfo {
    try place(profile).call(Calls.account, NoParameters())
  }

  private func leg(
    _ from: AccountInfo, _ to: AccountInfo
  ) throws(FonanaError) -> ExchangeLeg {
    let (sender, receiver) = (try place(from.profile), try place(to.profile))
    let arrivals = try listen(receiver)
    let before = try diagnostics(receiver)
    let mark = ClientID.random()
    let clock = ContinuousClock()
    let began = clock.now
    let sent: SendResult = try sender.connect().call(
      Calls.send,
      SendRequest(
        cid: mark, to: to.wallet ?? to.userId?.rawValue ?? "",
        content: "fonana doctor --exchange, \(mark.rawValue.prefix(8))", createNew: true,
        wait: .delivered, timeoutSeconds: 60),
      patience: .seconds(70))
    var leg = ExchangeLeg(from: from.profile, to: to.profile)
    guard sent.state == .sent, let id = sent.messageId else {
      leg.problem = sent.reason?.message ?? "it is queued, but was not delivered in 60 s"
      return leg
    }
    leg.sentMs = Self.milliseconds(began.duration(to: clock.now))
    guard try hasArrived(id, on: arrivals, within: Self.arrival) else {
      leg.problem = "it was delivered, but has not come to “\(to.profile)” in 90 s"
      return leg
    }
    leg.arrivedMs = Self.milliseconds(began.duration(to: clock.now))
    let after = try diagnostics(receiver)
    leg.way =
      after.latencies.pushToDisk.count > before.latencies.pushToDisk.count ? "push" : "poll"
    leg.popUp = try popUp(receiver, since: before.popUps)
    leg.tickMs = try tick(of: id, in: sent.conversationId, sender, receiver)
    return leg
  }

  private func listen(_ place: Context) throws(FonanaError) -> Daemon {
    let daemon = try place.connect()
    let _: SubscribeResult = try daemon.call(Calls.subscribe, SubscribeRequest())
    return daemon
  }

  private func diagnostics(_ place: Context) throws(FonanaError) -> DiagnosticsReport {
    try place.call(Calls.diagnostics, NoParameters())
  }

  /// Waited for before the message is read: that would take it away.
  private func popUp(
    _ receiver: Context, since before: DiagnosticsReport.PopUps
  ) throws(FonanaError) -> ExchangeLeg.PopUp {
    guard before.isOn else { return .off }
    let began = ContinuousClock.now
    while ContinuousClock.now - began < Self.popUp {
      if try diagnostics(receiver).popUps.shown > before.shown { return .shown }
      usleep(200_000)
    }
    return .missing
  }

  /// From reading it there until it is seen here as read; nil: not in time. Nothing that the
  /// sender has not read is asked for, so that only the test's message is ticked.
  private func tick(
    of id: MessageID, in conversation: ConversationID?, _ sender: Context, _ receiver: Context
  ) throws(FonanaError) -> Int? {
    let who = conversation?.rawValue
    let began = ContinuousClock.now
    let _: ReadResult = try receiver.connect().call(
      Calls.read, ConversationReadRequest(who: who, limit: 1))
    while ContinuousClock.now - began < Self.tick {
      let seen: ReadResult = try sender.connect().call(
        Calls.read, ConversationReadRequest(who: who, limit: 5))
      if seen.messages.contains(where: { $0.id == id && $0.isRead }) {
        return Self.milliseconds(began.duration(to: .now))
      }
      usleep(500_000)
    }
    return nil
  }

  /// Whether it has come in time.
  private func hasArrived(
    _ id: MessageID, on daemon: Daemon, within limit: Duration
  ) throws(FonanaError) -> Bool {
    let end = ContinuousClock.now + limit
    while case let rest = ContinuousClock.now.duration(to: end), rest > .zero {
      guard let event = try daemon.nextEvent(within: rest) else { return false }
      if event.event.kind == .messageReceived, case .message(let message) = event.data,
        message.id == id
      {
        return true
      }
    }
    return false
  }

  private static func milliseconds(_ duration: Duration) -> Int { Int(duration.wholeMilliseconds) }
}

/// One message from one profile to the other.
struct ExchangeLeg: Codable {
  enum PopUp: String, Codable, CaseIterable {
    case shown, off
    case missing = "none"
  }

  let from: String
  let to: String
  /// Until the server had it.
  @Nullable var sentMs: Int?
  /// Until it was in the other's mirror.
  @Nullable var arrivedMs: Int?
  /// `push` or `poll`.
  @Nullable var way: String?
  @Nullable var popUp: PopUp?
  /// From reading it until the sender saw the tick; null: not in 8 s.
  @Nullable var tickMs: Int?
  @Nullable var problem: String?

  init(from: String, to: String) {
    self.from = from
    self.to = to
    sentMs = nil
    arrivedMs = nil
    way = nil
    popUp = nil
    tickMs = nil
    problem = nil
  }
}

struct ExchangeReport: Codable {
  let ok: Bool
  let legs: [ExchangeLeg]

  init(legs: [ExchangeLeg]) {
    ok = legs.allSatisfy { $0.problem == nil }
    self.legs = legs
  }
}

extension ExchangeLeg {
  private var popUpText: String {
    switch popUp {
    case .shown: "a pop-up was shown"
    case .off: "pop-ups are off there"
    case .missing, nil: "no pop-up in 5 s"
    }
  }

  func text(_ style: TextStyle) -> String {
    let head = "\(DisplayText.line(from)) → \(DisplayText.line(to)): "
    if let problem { return head + style.red("fail") + ", " + DisplayText.line(problem) }
    let tick = tickMs.map { "the tick came \($0) ms after reading" } ?? "no tick in 8 s"
    return head + style.green("ok")
      + ", at the server after \(sentMs ?? 0) ms, here after \(arrivedMs ?? 0) ms by "
      + "\(way ?? "poll"); \(popUpText); \(tick)"
  }
}
