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
    /// How many whole lists in a row did not hold it; two make it gone.
    package var missedLists = 0
  }

  /// What a list has changed.
  package struct Change: Sendable, Hashable {
    package var state: ListedState
    package var unreadGrewBy: Int
    /// It was gone.
    package var isBack: Bool
  }

  private var entries: [ConversationID: Entry] = [:]
  /// For walks: a dictionary has no order.
  package private(set) var order: [ConversationID] = []
  /// In all conversations, also in those to come, what is older was forgotten by a person.
  private var floor: Timestamp?
  /// When the other has written last, where only a list on hold has told of the conversation yet.
  private var receivedBefore: [ConversationID: Timestamp] = [:]

  package init() {}

  package init(_ states: [ConversationState], forgottenBefore floor: Timestamp? = nil) {
    self.floor = floor
    for state in states {
      self[state.id] = Entry(
        state: state, isGone: state.isGone, missedLists: state.isGone ? Self.missesOfGone : 0)
    }
  }

  package subscript(id: ConversationID) -> Entry? {
    get { entries[id] }
    set {
      let isNew = entries[id] == nil && newValue != nil
      entries[id] = newValue
      guard isNew else { return }
      order.append(id)
      if let instant = receivedBefore.removeValue(forKey: id) { noteReceived(id, at: instant) }
    }
  }

  package func coverage(of id: ConversationID) -> Coverage {
    entries[id]?.state.coverage ?? emptyCoverage
  }

  package var emptyCoverage: Coverage { Coverage(floor: floor) }

  /// nil: in all conversations.
  package mutating func forget(_ id: ConversationID?, before limit: Timestamp) {
    if id == nil { floor = floor.map { max($0, limit) } ?? limit }
    for id in id.map({ [$0] }) ?? order { entries[id]?.state.coverage.forget(before: limit) }
  }

  package mutating func setCoverage(_ coverage: Coverage, of id: ConversationID) {
    var entry = entries[id] ?? Entry(state: ConversationState(id: id))
    entry.state.coverage = coverage
    self[id] = entry
  }

  private static let missesOfGone = 2

  /// Those that are gone with this whole list. What no list has shown yet may still come.
  package mutating func noteMissing(from list: [ListedConversation]) -> [ConversationID] {
    let held = Set(list.map(\.id))
    return order.filter { id in
      guard !held.contains(id), var entry = entries[id], entry.state.lastMessageID != nil,
        entry.missedLists < Self.missesOfGone
      else { return false }
      entry.missedLists += 1
      let isGone = entry.missedLists == Self.missesOfGone
      if isGone { (entry.isGone, entry.state.isGone) = (true, true) }
      entries[id] = entry
      return isGone
    }
  }

  /// The disk did not take it: the next list that misses them says it again.
  package mutating func takeBack(gone: [ConversationID]) {
    for id in gone where entries[id]?.missedLists == Self.missesOfGone {
      entries[id]?.missedLists = Self.missesOfGone - 1
      entries[id]?.isGone = false
      entries[id]?.state.isGone = false
    }
  }

  /// nil: nothing changed since the last list.
  package mutating func apply(_ listed: ListedConversation, isBacklog: Bool) -> Change? {
    let isBack = entries[listed.id]?.state.isGone == true
    entries[listed.id]?.isGone = false
    entries[listed.id]?.state.isGone = false
    entries[listed.id]?.missedLists = 0
    var entry =
      entries[listed.id]
      ?? Entry(state: ConversationState(id: listed.id, coverage: emptyCoverage))
    let isKnown = entries[listed.id] != nil && entry.last != nil
    let unreadBefore = entry.state.listUnread
    let isSame =
      isKnown && entry.last == listed.last && entry.listedUnread == listed.unread
      && unreadBefore == listed.unread && !isBack
    guard !isSame else { return nil }
    entry.state.participantID = listed.participant.id
    entry.state.lastMessageID = listed.last?.id
    entry.state.listUnread = listed.unread
    entry.last = listed.last
    entry.listedUnread = listed.unread
    entry.isBacklog = entry.isBacklog || isBacklog
    if let last = listed.last { entry.state.coverage.addIsland(last.position) }
    self[listed.id] = entry
    if let last = listed.last, last.senderID == listed.participant.id {
      noteReceived(listed.id, at: last.createdAt)
    }
    return Change(
      state: ListedState(listed, coverage: entry.state.coverage),
      unreadGrewBy: listed.unread - unreadBefore, isBack: isBack)
  }

  package mutating func addIsland(of preview: MessagePreview, at: Timestamp) -> Coverage {
    var coverage = coverage(of: preview.conversationID)
    // A notification is a little younger than its message: the newest one is no island above itself.
    guard coverage.newest?.id != preview.messageID else { return coverage }
    coverage.addIsland(MessagePosition(createdAt: at, id: preview.messageID))
    setCoverage(coverage, of: preview.conversationID)
    return coverage
  }

  package mutating func noteReceived(_ id: ConversationID, at instant: Timestamp) {
    guard let entry = entries[id] else {
      receivedBefore[id] = max(receivedBefore[id] ?? instant, instant)
      return
    }
    entries[id]?.state.lastReceivedAt = max(entry.state.lastReceivedAt ?? instant, instant)
  }

  package mutating func noteRead(_ id: ConversationID, through position: MessagePosition) {
    guard let before = entries[id]?.state.readThrough else {
      entries[id]?.state.readThrough = position
      return
    }
    entries[id]?.state.readThrough = max(before, position)
  }

  /// The conversation with `user`, when one is known; rather one that is not gone.
  package func conversation(with user: UserID) -> ConversationID? {
    let shared = order.filter { entries[$0]?.state.participantID == user }
    return shared.first { entries[$0]?.isGone != true } ?? shared.first
  }
}
