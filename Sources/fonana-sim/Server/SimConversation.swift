import FonanaCore

/// A conversation of the model server between the account and a partner.
struct SimConversation {
  let id: ConversationID
  let partner: Int
  let createdAt: Timestamp
  /// Removed with its partner: in no list, and 404 for whoever asks.
  var isGone = false
  /// In commit order.
  private(set) var messages: [SimMessage] = []
  /// Messages of the partner that nobody has read.
  private(set) var unread = 0
  /// Places in `messages`, newest first; the order within an instant is the server's own.
  private var order: [Int] = []

  init(id: ConversationID, partner: Int, createdAt: Timestamp) {
    self.id = id
    self.partner = partner
    self.createdAt = createdAt
  }

  var newestFirst: [SimMessage] { order.lazy.map { messages[$0] }.filter { !$0.isDeleted } }
  var newest: SimMessage? { order.first { !messages[$0].isDeleted }.map { messages[$0] } }

  /// Searched for from the newest commit.
  func message(_ id: MessageID) -> SimMessage? {
    messages.indices.last { messages[$0].id == id }.map { messages[$0] }
  }

  mutating func add(_ message: SimMessage) {
    let place = order.firstIndex { messages[$0].createdAt < message.createdAt } ?? order.count
    order.insert(messages.count, at: place)
    messages.append(message)
    if message.senderID != ModelServer.me { unread += 1 }
  }

  mutating func markRead(by reader: SimMessage.Reader) {
    guard unread > 0 else { return }
    for row in messages.indices where isUnread(row) { messages[row].readBy = reader }
    unread = 0
  }

  var unreadMessages: [SimMessage] {
    unread > 0 ? messages.indices.filter(isUnread).map { messages[$0] } : []
  }

  mutating func delete(_ row: Int) {
    if isUnread(row) { unread -= 1 }
    messages[row].isDeleted = true
  }

  mutating func edit(_ row: Int, to text: String) {
    messages[row].earlierTexts.append(messages[row].content)
    messages[row].content = text
  }

  private func isUnread(_ row: Int) -> Bool {
    messages[row].senderID != ModelServer.me && messages[row].readBy == nil
      && !messages[row].isDeleted
  }
}
