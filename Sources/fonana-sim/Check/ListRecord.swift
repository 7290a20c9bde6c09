import FonanaCore

/// What the client has been told by the newest list.
struct ListRecord {
  private var at: Duration?
  /// What the server had committed when it made that list.
  private(set) var commits = 0
  private var unread: [ConversationID: Int] = [:]
  /// No list was lost on its way to the disk since the newest one came.
  var areStored = true
  private var lasts: [ConversationID: ListedMessage] = [:]
  /// Conversations of which a page has come since: they are read by that.
  var readSince: Set<ConversationID> = []
  /// How many GETs of a conversation were refused: as many may be repeated.
  var refused: [ConversationID: Int] = [:]
  /// Reads that were counted as forced, and those of them that were used.
  var forced = 0
  var forcedUsed = 0

  mutating func came(_ list: [ListedConversation], at now: Duration, commits: Int) {
    at = now
    self.commits = commits
    readSince = []
    areStored = true
    (unread, lasts) = ([:], [:])
    for conversation in list {
      unread[conversation.id] = conversation.unread
      lasts[conversation.id] = conversation.last
    }
  }

  mutating func forget() {
    at = nil
    readSince = []
    refused = [:]
    forcedUsed = forced
    unread = [:]
  }

  /// A conversation whose stored count is not the newest list's (8).
  func firstMiscounted(in store: MemoryStore) -> ConversationID? {
    guard areStored else { return nil }
    return unread.keys.sorted().first { store.state(of: $0)?.listUnread != unread[$0] }
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
