import FonanaCore

/// A new message of another person, as far as a pop-up cares.
struct IncomingMessage: Hashable, Sendable {
  var conversationID: ConversationID
  var sender: String?
  /// nil: media only, or not bought.
  var text: String?
  var isPaid = false
  var isTip = false
  /// By the server's clock.
  var sentAt: Timestamp?
}

/// Decides what pops up when. No clock and no I/O: times come in.
///
/// The messages of a conversation are gathered for a second, a conversation pops up at most
/// every two seconds, and all together at most three times in ten seconds and twenty times a
/// minute; what comes beyond that is one pop-up for all. So is what was missed while nobody looked,
/// and what was written before the daemon's start.
struct NotificationPlanner: Sendable {
  private struct Gathering {
    var newest: IncomingMessage
    var count: Int
    var due: Duration
  }

  private static let gatherTime = Duration.seconds(1)
  private static let restTime = Duration.seconds(2)
  private static let window = Duration.seconds(60)
  private static let windowLimit = 20
  private static let burst = Duration.seconds(10)
  private static let burstLimit = 3
  private static let bodyLimit = 256

  var policy: NotificationPolicy
  private let startedAt: Timestamp
  private var gatherings: [ConversationID: Gathering] = [:]
  private var summary: MissedSummary?
  private var lastShown: [ConversationID: Duration] = [:]
  private var shown: [Duration] = []

  init(policy: NotificationPolicy, startedAt: Timestamp = Timestamp(milliseconds: 0)) {
    self.policy = policy
    self.startedAt = startedAt
  }

  /// - Parameter minuteOfDay: of the local day.
  mutating func messageArrived(_ message: IncomingMessage, at now: Duration, minuteOfDay: Int) {
    if let sentAt = message.sentAt, sentAt < startedAt {
      return missed(1, from: message.sender, at: now, minuteOfDay: minuteOfDay)
    }
    guard calls(for: message.sender, minuteOfDay) else { return }
    let id = message.conversationID
    if let known = gatherings[id] {
      gatherings[id] = Gathering(newest: message, count: known.count + 1, due: known.due)
    } else {
      let rested = lastShown[id].map { $0 + Self.restTime } ?? .zero
      gatherings[id] = Gathering(
        newest: message, count: 1, due: max(now + Self.gatherTime, rested))
    }
  }

  mutating func missed(_ count: Int, from sender: String?, at now: Duration, minuteOfDay: Int) {
    guard calls(for: sender, minuteOfDay) else { return }
    if summary == nil { summary = MissedSummary(due: now + Self.gatherTime) }
    summary?.add(count, from: sender)
  }

  /// What was read elsewhere calls nobody any more.
  mutating func wasRead(_ conversation: ConversationID) { gatherings[conversation] = nil }

  private func calls(for sender: String?, _ minuteOfDay: Int) -> Bool {
    policy.isEnabled && !policy.mutes(sender)
      && policy.quietHours?.contains(minuteOfDay: minuteOfDay) != true
  }

  /// When `due` is to be asked next; nil: not before another message.
  var nextDeadline: Duration? {
    let dues = gatherings.values.map(\.due) + (summary.map { [$0.due] } ?? [])
    guard let first = dues.min() else { return nil }
    let full = [(Self.windowLimit, Self.window), (Self.burstLimit, Self.burst)]
      .compactMap { limit, time in shown.dropLast(limit - 1).last.map { $0 + time } }
    return max(first, full.max() ?? first)
  }

  /// What is to pop up now.
  mutating func due(at now: Duration) -> [DesktopNotification] {
    shown.removeAll { $0 + Self.window <= now }
    lastShown = lastShown.filter { $0.value + Self.restTime > now }
    return dueSummary(at: now) + dueMessages(at: now)
  }

  /// How many more may pop up now.
  private func allowance(at now: Duration) -> Int {
    let recent = shown.count { $0 + Self.burst > now }
    return max(0, min(Self.windowLimit - shown.count, Self.burstLimit - recent))
  }

  private mutating func dueSummary(at now: Duration) -> [DesktopNotification] {
    guard let missed = summary, missed.due <= now, allowance(at: now) > 0 else { return [] }
    summary = nil
    return [popUp(missed, at: now)]
  }

  /// The last one that is allowed is for all that are left.
  private mutating func dueMessages(at now: Duration) -> [DesktopNotification] {
    let ready = gatherings.filter { $0.value.due <= now }
      .sorted { ($0.value.due, $0.key) < ($1.value.due, $1.key) }
    let allowed = allowance(at: now)
    guard allowed > 0 else { return [] }
    for (id, _) in ready { gatherings[id] = nil }
    let alone = ready.count <= allowed ? ready.count : allowed - 1
    let first = ready.prefix(alone).map { id, gathering in
      lastShown[id] = now
      shown.append(now)
      return notification(gathering)
    }
    guard alone < ready.count else { return first }
    var rest = MissedSummary(due: now)
    for (_, gathering) in ready[alone...] {
      rest.add(gathering.count, from: gathering.newest.sender)
    }
    return first + [popUp(rest, at: now)]
  }

  private mutating func popUp(_ summary: MissedSummary, at now: Duration) -> DesktopNotification {
    shown.append(now)
    return DesktopNotification(title: summary.title, body: summary.body, urgency: .low)
  }

  private func notification(_ gathering: Gathering) -> DesktopNotification {
    let sender = DisplayText.line(gathering.newest.sender ?? "Somebody", limit: 64)
    let title = gathering.count == 1 ? sender : "\(sender) (\(gathering.count) new messages)"
    return DesktopNotification(
      title: title, body: body(gathering.newest),
      // An offer for money is no reason to interrupt anybody; a tip is as good as a message.
      urgency: gathering.newest.isPaid ? .low : .normal,
      conversationID: gathering.newest.conversationID)
  }

  private func body(_ message: IncomingMessage) -> String {
    guard policy.showsContent else { return "New message" }
    if message.isTip { return "Tip" }
    guard let text = message.text else { return message.isPaid ? "Paid message" : "Image" }
    return DisplayText.line(text, limit: Self.bodyLimit)
  }
}
