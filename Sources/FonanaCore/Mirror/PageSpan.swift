/// The part of a page that the coverage rules need.
package struct PageSpan: Hashable, Sendable {
  /// What the page was asked with; nil: from the newest message.
  package var cursor: MessagePosition?
  /// The newest message that was known when the page was asked for. One that has become known since
  /// may be younger than the answer; an older one that a first page does not hold is gone.
  package var knownTop: MessagePosition?
  package var newest: MessagePosition?
  package var oldest: MessagePosition?
  package var reachesBeginning: Bool
  /// Some of its messages could not be read: what it does not hold may be one of them.
  package var isIncomplete: Bool
  /// Where they are, newest first.
  package var unreadable: [UnreadableStretch]
  /// The cursor of the next page, see `nextCursor(after:)`; nil when the page is one instant.
  package var nextCursor: MessagePosition?
  /// All positions, newest first.
  package var positions: [MessagePosition]

  package init(
    _ page: MessagePage, askedWith cursor: MessagePosition?,
    knowing knownTop: MessagePosition? = nil
  ) {
    positions = page.messages.map(\.position).sorted(by: >)
    self.cursor = cursor
    self.knownTop = knownTop
    newest = positions.first
    isIncomplete = !page.unreadable.isEmpty
    oldest = positions.last
    reachesBeginning = !page.isCutShort && page.hasMore != true
    nextCursor = Self.nextCursor(after: positions)
    unreadable = []
    unreadable = stretches(of: page)
  }

  /// One between each two messages. What is below the page's last message comes again in the next
  /// one, if there is a next one.
  private func stretches(of page: MessagePage) -> [UnreadableStretch] {
    Set(page.unreadable).sorted().compactMap { place in
      let newer = place == 0 ? cursor : page.messages[place - 1].position
      let older = place < page.messages.count ? page.messages[place].position : nil
      guard older != nil || reachesBeginning else { return nil }
      return UnreadableStretch(newer: newer, older: older)
    }
  }

  /// Whether the page shows all that is in `stretch`, so that its word about it is the newer one.
  package func covers(_ stretch: UnreadableStretch) -> Bool {
    let beginsBelowTop = cursor.map { top in stretch.newer.map { $0 <= top } ?? false } ?? true
    guard beginsBelowTop, !reachesBeginning else { return beginsBelowTop }
    guard let older = stretch.older, let oldest else { return false }
    return older >= oldest
  }

  /// `before` means `createdAt <` with no second key, so asking with the oldest message would
  /// skip its ties. Asking with the oldest message that is newer than the page's oldest instant
  /// brings all of that instant again (docs/protocol.md, 4).
  package static func nextCursor(after positions: [MessagePosition]) -> MessagePosition? {
    guard let last = positions.last else { return nil }
    return positions.last { $0.createdAt > last.createdAt }
  }

  /// Whether the page reads far enough below `mark` to be sure of what is above it. It must go
  /// below the mark's instant: a page cuts the ties of its oldest instant anywhere.
  package func joins(_ mark: MessagePosition) -> Bool {
    guard let oldest, oldest.createdAt < mark.createdAt else { return false }
    return oldest.createdAt <= mark.createdAt - Coverage.overlapTime
      || positions.count(where: { $0 <= mark }) >= Coverage.overlapMessages
  }

  /// Whether the message at `island` may have come while the page was on its way.
  package func isOlder(than island: MessagePosition) -> Bool {
    cursor == nil && [newest, knownTop].allSatisfy { $0.map { $0 < island } ?? true }
      && !positions.contains { $0.id == island.id }
  }

  /// An unknown `before` is ignored by the server and the newest page comes back: the cursor's
  /// message was deleted.
  package var cursorWasIgnored: Bool {
    guard let cursor, let newest else { return false }
    return newest.createdAt >= cursor.createdAt
  }
}
