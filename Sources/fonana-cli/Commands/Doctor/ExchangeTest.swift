import ControlProtocol
import FonanaCore
import Glibc

/// `fonana doctor --exchange A B`: one marked message each way between two profiles.
struct ExchangeTest {
  /// In seconds.
  private static let delivery = 20
  private static let late = "It was not delivered in \(delivery) s."
  private static let arrival = Duration.seconds(90)
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
    for profile in [first, second] { try refuseUnreachable(profile) }
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

  /// Else its message would wait in the outbox and be sent some day.
  private func refuseUnreachable(_ profile: String) throws(FonanaError) {
    let server = try place(profile).call(Calls.status, NoParameters()).server
    guard !server.reachable else { return }
    throw FonanaError(
      .serverUnreachable, "The daemon of “\(profile)” does not reach its server.",
      hint: "Type “fonana doctor --profile \(profile)”: it names the broken link.")
  }

  private func person(_ profile: String) throws(FonanaError) -> AccountInfo {
    try place(profile).call(Calls.account, NoParameters())
  }

  private func leg(
    _ from: AccountInfo, _ to: AccountInfo
  ) throws(FonanaError) -> ExchangeLeg {
    let (sender, receiver) = (try place(from.profile), try place(to.profile))
    let unread = try unread(of: to, at: sender) + unread(of: from, at: receiver)
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
        wait: .delivered, timeoutSeconds: Double(Self.delivery)),
      patience: .seconds(Self.delivery + 10))
    var leg = ExchangeLeg(from: from.profile, to: to.profile)
    guard sent.state == .sent, let id = sent.messageId, let conversation = sent.conversationId
    else {
      leg.problem = "\(sent.reason?.message ?? Self.late) \(takeBack(mark, at: sender))"
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
    guard unread == 0 else {
      leg.tick = .skipped
      return leg
    }
    let tick = ExchangeTick(of: id, in: conversation, from: sender, to: receiver)
    (leg.tick, leg.tickMs) = try tick.follow()
    return leg
  }

  /// A test that failed is not to be sent some day.
  private func takeBack(_ mark: ClientID, at place: Context) -> String {
    do throws(FonanaError) {
      let _: OutboxActResult = try place.call(Calls.cancel, OutboxTarget(cid: mark))
      return "It was taken back."
    } catch {
      return "It could not be taken back: \(error.message)"
    }
  }

  /// The server marks a whole conversation read: what else is unread would be ticked with it.
  private func unread(of other: AccountInfo, at place: Context) throws(FonanaError) -> Int {
    let inbox: InboxResult = try place.call(
      Calls.listConversations, ConversationListRequest(unreadOnly: true))
    return inbox.conversations.filter { $0.participant.id == other.userId }
      .reduce(0) { $0 + $1.unread }
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
