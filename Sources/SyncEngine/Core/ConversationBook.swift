package import FonanaCore

/// What the engine remembers of each conversation, in the order it got to know them.
package struct ConversationBook: Sendable {
  package struct Entry: Sendable, Hashable {
    package var state: ConversationState
    /// The last message of the newest list.
    package var last: ListedMessage?
    /// The unread count of the newest list, as the store holds it; `state.listUnread` sinks before
    /// that when a pull marks the conversation read.
    package var listedUnread: Int?
    /// What the next pull brings was missed, not witnessed.
    package var isBacklog = false
    /// The server knows it no longer: nothing of it is asked for until a list shows it again.
    package var isGone = false
  }

  /// What a list has changed.
  package struct Change: Sendable, Hashable {
    package var state: ListedState
    package var unreadGrewBy: Int
  }

  private var entries: [ConversationID: Entry] = [:]
  /// For walks: a dictionary has no order.
  package private(set) var order: [ConversationID] = []

  package init() {}

  package init(_ states: [ConversationState]) {
    for state in states { self[state.id] = Entry(state: state) }
  }

  package subscript(id: ConversationID) -> Entry? {
    get { entries[id] }
    set {
      if entries[id] == nil, newValue != nil { order.append(id) }
      entries[id] = newValue
    }
  }

  package func coverage(of id: ConversationID) -> Coverage {
    entries[id]?.state.coverage ?? Coverage()
  }

  package mutating func setCoverage(_ coverage: Coverage, of id: ConversationID) {
    var entry = entries[id] ?? Entry(state: ConversationState(id: id))
    entry.state.coverage = coverage
    self[id] = entry
  }

  /// nil: nothing changed since the last list.
  package mutating func apply(_ listed: ListedConversation, isBacklog: Bool) -> Change? {
    entries[listed.id]?.isGone = false
    var entry = entries[listed.id] ?? Entry(state: ConversationState(id: listed.id))
    let isKnown = entries[listed.id] != nil && entry.last != nil
    let unreadBefore = entry.state.listUnread
    let isSame =
      isKnown && entry.last == listed.last && entry.listedUnread == listed.unread
      && unreadBefore == listed.unread
    guard !isSame else { return nil }
    entry.state.participantID = listed.participant.id
    entry.state.lastMessageID = listed.last?.id
    entry.state.listUnread = listed.unread
    entry.last = listed.last
    entry.listedUnread = listed.unread
    entry.isBacklog = entry.isBacklog || isBacklog
    if let last = listed.last { entry.state.coverage.addIsland(last.position) }
    self[listed.id] = entry
    return Change(
      state: ListedState(listed, coverage: entry.state.coverage),
      unreadGrewBy: listed.unread - unreadBefore)
  }

  package mutating func addIsland(of preview: MessagePreview, at: Timestamp) -> Coverage {
    var coverage = coverage(of: preview.conversationID)
    // A notification is a little younger than its message: the newest one is no island above itself.
    guard coverage.newest?.id != preview.messageID else { return coverage }
    coverage.addIsland(MessagePosition(createdAt: at, id: preview.messageID))
    setCoverage(coverage, of: preview.conversationID)
    return coverage
  }

  package mutating func noteRead(_ id: ConversationID, through position: MessagePosition) {
    guard let before = entries[id]?.state.readThrough else {
      entries[id]?.state.readThrough = position
      return
    }
    entries[id]?.state.readThrough = max(before, position)
  }

  /// The conversation with `user`, when one is known.
  package func conversation(with user: UserID) -> ConversationID? {
    order.first { entries[$0]?.state.participantID == user }
  }
}
