/// A conversation of two with its messages, ordered by `createdAt` and then by arrival.
struct WorldConversation: Sendable {
  let id: String
  let fromUserID: String
  let toUserID: String
  let createdAt: Int64
  /// Set by each send in generation A; generation B never sets it.
  var lastMessageAt: Int64?
  private(set) var messages: [WorldMessage] = []
  /// Unread messages by sender, so that a list needs no scan.
  private var unreadBySender: [String: Int] = [:]

  init(id: String, from: String, to: String, createdAt: Int64) {
    self.id = id
    fromUserID = from
    toUserID = to
    self.createdAt = createdAt
  }

  func includes(_ userID: String) -> Bool {
    userID == fromUserID || userID == toUserID
  }

  func partner(of userID: String) -> String {
    userID == fromUserID ? toUserID : fromUserID
  }

  func unreadCount(of reader: String) -> Int {
    unreadBySender[partner(of: reader)] ?? 0
  }

  mutating func insert(_ message: WorldMessage) {
    messages.insert(message, at: firstIndex(after: message.createdAt))
    if !message.isRead { unreadBySender[message.senderID, default: 0] += 1 }
  }

  /// Marks everything of the other party read; returns how many messages changed.
  mutating func markRead(by reader: String) -> Int {
    let sender = partner(of: reader)
    let count = unreadBySender[sender] ?? 0
    var left = count
    var index = messages.count - 1
    while left > 0, index >= 0 {
      if messages[index].senderID == sender, !messages[index].isRead {
        messages[index].isRead = true
        left -= 1
      }
      index -= 1
    }
    unreadBySender[sender] = 0
    return count
  }

  /// How many messages are older than `createdAt`: ties of it are not among them, which is how
  /// `before` skips them.
  func count(before createdAt: Int64) -> Int {
    partition { $0.createdAt >= createdAt }
  }

  func index(of messageID: String, createdAt: Int64) -> Int? {
    var index = count(before: createdAt)
    while index < messages.count, messages[index].createdAt == createdAt {
      if messages[index].id == messageID { return index }
      index += 1
    }
    return nil
  }

  mutating func remove(at index: Int) {
    let message = messages.remove(at: index)
    if !message.isRead { unreadBySender[message.senderID, default: 1] -= 1 }
  }

  mutating func update(at index: Int, _ change: (inout WorldMessage) -> Void) {
    change(&messages[index])
  }

  private func firstIndex(after createdAt: Int64) -> Int {
    guard let last = messages.last, last.createdAt > createdAt else { return messages.count }
    return partition { $0.createdAt > createdAt }
  }

  private func partition(_ belongsToSecond: (WorldMessage) -> Bool) -> Int {
    var low = 0
    var high = messages.count
    while low < high {
      let middle = (low + high) / 2
      if belongsToSecond(messages[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
