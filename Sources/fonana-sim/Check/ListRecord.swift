import FonanaCore

/// What the client has been told by the newest list.
struct ListRecord {
  private var at: Duration?
  private var unread: [ConversationID: Int] = [:]
  private var lasts: [ConversationID: ListedMessage] = [:]
  /// Conversations of which a page has come since: they are read by that.
  var readSince: Set<ConversationID> = []
  /// Conversations whose last GET was refused with 401: it may be repeated.
  var refused: Set<ConversationID> = []
  /// Reads that were counted as forced, and those of them that were used.
  var forced = 0
  var forcedUsed = 0

  mutating func came(_ list: [ListedConversation], at now: Duration) {
    at = now
    readSince = []
    for conversation in list {
      unread[conversation.id] = conversation.unread
      lasts[conversation.id] = conversation.last
    }
  }

  mutating func forget() {
    at = nil
    readSince = []
    refused = []
    forcedUsed = forced
  }

  /// Whether a list, not older than 30 s, shows that nothing would be ticked that was not read.
  func showsRead(_ id: ConversationID, readThrough: MessagePosition?, at now: Duration) -> Bool {
    guard let at, now - at <= .seconds(30) else { return false }
    if unread[id, default: 0] == 0 || readSince.contains(id) { return true }
    guard let last = lasts[id], let readThrough, last.senderID != ModelServer.me else {
      return false
    }
    return last.position <= readThrough
  }
}
