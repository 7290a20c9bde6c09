package import FonanaCore

/// Pages by the rules of docs/reliability.md, as the engine does.
package struct PagingClient {
  private(set) var coverage = Coverage()
  /// How many reads in a row should have shown each message and did not.
  private(set) var absences: [MessagePosition: Int] = [:]
  /// What a store is to do to come to the same mirror.
  package private(set) var acts: [StoreAct] = []
  private let isRecording: Bool
  private var widened: Int?

  init(isRecording: Bool) { self.isRecording = isRecording }

  /// From the newest message.
  mutating func pull(
    _ server: PagingServer, limit: Int, using random: inout SeededRandom
  ) {
    read(server, limit: widened ?? limit, before: nil, using: &random)
  }

  /// Everything, in one page.
  mutating func readAll(_ server: PagingServer, using random: inout SeededRandom) {
    read(server, limit: server.messages.count + 1, before: nil, using: &random)
  }

  /// Goes on with the newest gap; returns false when there is none.
  mutating func fill(
    _ server: PagingServer, limit: Int, using random: inout SeededRandom
  ) -> Bool {
    guard let gap = coverage.gaps.first else { return false }
    let page = read(server, limit: widened ?? limit, before: gap.cursor, using: &random)
    if page.cursorWasIgnored { coverage.restart(gap) }
    return true
  }

  /// A message that a list shows.
  mutating func see(_ position: MessagePosition) {
    absences[position] = absences[position] ?? 0
    coverage.addIsland(position)
    guard isRecording else { return }
    let last = ListedMessage(
      id: position.id, content: position.id.rawValue, senderID: UserID("u"),
      createdAt: position.createdAt)
    let listed = ListedConversation(
      id: ConversationID("c"), participant: UserProfile(id: UserID("u"), wallet: "w"), last: last,
      unread: 0)
    acts.append(.applyList([ListedState(listed, coverage: coverage)], isBacklog: false))
  }

  @discardableResult
  private mutating func read(
    _ server: PagingServer, limit: Int, before: MessagePosition?, using random: inout SeededRandom
  ) -> PageSpan {
    let page = server.page(limit: limit, before: before?.id, using: &random)
    let span = PageSpan(page, askedWith: before, knowing: coverage.top)
    if span.cursorWasIgnored { return span }
    let proven = span.proven(knownUpTo: coverage.newest)
    note(span, proven)
    coverage.apply(span)
    // A page of one instant has no next cursor: the limit grows until it holds more.
    let isStuck = span.nextCursor == nil && page.hasMore == true
    widened = isStuck ? min(limit * 2, 1000) : nil
    if isRecording {
      acts.append(.applyPage(ConversationID("c"), page, coverage, proven: proven, isBacklog: false))
    }
    return span
  }

  private mutating func note(_ span: PageSpan, _ proven: ClosedRange<Timestamp>?) {
    for position in span.positions { absences[position] = 0 }
    guard let proven else { return }
    let held = Set(span.positions)
    for position in absences.keys where proven.contains(position.createdAt) {
      if !held.contains(position) { absences[position, default: 0] += 1 }
    }
  }

  /// What is shown: all but what counts as deleted.
  var mirror: Set<MessagePosition> { Set(absences.filter { $0.value < 2 }.keys) }

  /// The messages older than the newest one that a pull has brought that are neither known nor
  /// inside a gap. (One of the newest instant may have been made since; the overlap of the next
  /// pull brings it.)
  func holes(in server: PagingServer) -> [MessagePosition] {
    guard let newest = coverage.newest else { return [] }
    return server.messages.filter { message in
      message.createdAt < newest.createdAt && absences[message].map { $0 >= 2 } != false
        && !coverage.gaps.contains { $0.mayHide(message) }
    }
  }
}

extension Gap {
  /// The ties of both ends may be missing too: a page cuts them anywhere, and new ones of the
  /// older end can have been made since it was read.
  fileprivate func mayHide(_ message: MessagePosition) -> Bool {
    message.createdAt <= newer.createdAt
      && (older.map { message.createdAt >= $0.createdAt } ?? true)
  }
}
