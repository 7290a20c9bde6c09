import FonanaCore

/// What a person can choose on a pop-up.
enum PopUpAction: String, Sendable, CaseIterable {
  case reply
  case markRead = "read"

  var label: String {
    switch self {
    case .reply: "Reply"
    case .markRead: "Mark read"
    }
  }
}

/// A choice, with the pop-up that it was made on.
struct PopUpChoice: Sendable {
  let action: PopUpAction
  let conversation: ConversationID
  /// As it was shown.
  let title: String
}
