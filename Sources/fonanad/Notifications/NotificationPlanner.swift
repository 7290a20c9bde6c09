import FonanaCore

/// A new message of another person, as far as a pop-up cares.
struct IncomingMessage: Hashable, Sendable {
  var conversationID: ConversationID
  var sender: String?
  /// nil: media only, or not bought.
  var text: String?
  var isPaid = false
  /// By the server's clock.
  var sentAt: Timestamp?
}

/// A pop-up, made safe for the notification service.
struct DesktopNotification: Hashable, Sendable {
  var title: String
  /// Escaped: services read it as markup.
  var body: String
}

/// Decides what pops up when. No clock and no I/O: times come in.
///
/// The messages of a conversation are gathered for a second, a conversation pops up at most
/// every two seconds, and all together at most twenty times a minute; what comes beyond that is
/// counted into the next pop-up of its conversation. What was missed while nobody looked is one
/// pop-up for all, and so is what was written before the daemon's start.
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

  private func calls(for sender: String?, _ minuteOfDay: Int) -> Bool {
    policy.isEnabled && !policy.mutes(sender)
      && policy.quietHours?.contains(minuteOfDay: minuteOfDay) != true
  }

  /// When `due` is to be asked next; nil: not before another message.
  var nextDeadline: Duration? {
    let dues = gatherings.values.map(\.due) + (summary.map { [$0.due] } ?? [])
    guard let first = dues.min() else { return nil }
    guard shown.count >= Self.windowLimit, let oldest = shown.first else { return first }
    return max(first, oldest + Self.window)
  }

  /// What is to pop up now.
  mutating func due(at now: Duration) -> [DesktopNotification] {
    shown.removeAll { $0 + Self.window <= now }
    lastShown = lastShown.filter { $0.value + Self.restTime > now }
    return dueSummary(at: now) + dueMessages(at: now)
  }

  private mutating func dueSummary(at now: Duration) -> [DesktopNotification] {
    guard let missed = summary, missed.due <= now, shown.count < Self.windowLimit else { return [] }
    summary = nil
    shown.append(now)
    return [DesktopNotification(title: missed.title, body: Self.escape(missed.body))]
  }

  private mutating func dueMessages(at now: Duration) -> [DesktopNotification] {
    let ready = gatherings.filter { $0.value.due <= now }
      .sorted { ($0.value.due, $0.key) < ($1.value.due, $1.key) }
      .prefix(Self.windowLimit - shown.count)
    return ready.map { id, gathering in
      gatherings[id] = nil
      lastShown[id] = now
      shown.append(now)
      return notification(gathering)
    }
  }

  private func notification(_ gathering: Gathering) -> DesktopNotification {
    let sender = DisplayText.line(gathering.newest.sender ?? "Somebody", limit: 64)
    let title = gathering.count == 1 ? sender : "\(sender) (\(gathering.count) new messages)"
    return DesktopNotification(title: title, body: Self.escape(body(gathering.newest)))
  }

  private func body(_ message: IncomingMessage) -> String {
    guard policy.showsContent else { return "New message" }
    guard let text = message.text else { return message.isPaid ? "Paid message" : "Image" }
    return DisplayText.line(text, limit: Self.bodyLimit)
  }

  private static func escape(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
  }
}
