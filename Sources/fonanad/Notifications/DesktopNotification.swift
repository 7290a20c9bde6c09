import FonanaCore

/// A pop-up: safe for a person to see; what the notification service reads as markup is not
/// escaped yet.
struct DesktopNotification: Hashable, Sendable {
  /// Nobody can buy more than `normal`.
  enum Urgency: String, Sendable { case low, normal }

  var title: String
  var body: String
  var urgency = Urgency.normal
  /// It takes the place of an earlier one of this conversation, and goes when that was read.
  var conversationID: ConversationID?
}

/// What happens to pop-ups, in the order in which it is to happen.
enum PopUpChange: Hashable, Sendable {
  case show(DesktopNotification)
  case close(ConversationID)
}

/// Shows pop-ups; each call returns within some seconds whatever happens.
protocol NotificationPresenter: Sendable {
  /// Whether a notification service has taken it.
  @discardableResult
  func show(_ notification: DesktopNotification) async -> Bool
  /// Takes the conversation's pop-up away, if there is one.
  func close(_ conversation: ConversationID) async
  /// No pop-up can be chosen on any more; they stay.
  func end() async
}
