import FonanaCore

/// A new message of another person, as far as a pop-up cares.
struct IncomingMessage: Hashable, Sendable {
  var conversationID: ConversationID
  var sender: String?
  /// nil: media only, or not bought.
  var text: String?
  var isPaid = false
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
/// counted into the next pop-up of its conversation.
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
  private var gatherings: [ConversationID: Gathering] = [:]
  private var lastShown: [ConversationID: Duration] = [:]
  private var shown: [Duration] = []

  init(policy: NotificationPolicy) { self.policy = policy }

  /// - Parameter minuteOfDay: of the local day.
  mutating func messageArrived(_ message: IncomingMessage, at now: Duration, minuteOfDay: Int) {
    guard policy.isEnabled, !policy.mutes(message.sender),
      policy.quietHours?.contains(minuteOfDay: minuteOfDay) != true
    else { return }
    let id = message.conversationID
    if let known = gatherings[id] {
      gatherings[id] = Gathering(newest: message, count: known.count + 1, due: known.due)
    } else {
      let rested = lastShown[id].map { $0 + Self.restTime } ?? .zero
      gatherings[id] = Gathering(
        newest: message, count: 1, due: max(now + Self.gatherTime, rested))
    }
  }

  /// When `due` is to be asked next; nil: not before another message.
  var nextDeadline: Duration? {
    guard let first = gatherings.values.map(\.due).min() else { return nil }
    guard shown.count >= Self.windowLimit, let oldest = shown.first else { return first }
    return max(first, oldest + Self.window)
  }

  /// What is to pop up now.
  mutating func due(at now: Duration) -> [DesktopNotification] {
    shown.removeAll { $0 + Self.window <= now }
    lastShown = lastShown.filter { $0.value + Self.restTime > now }
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
