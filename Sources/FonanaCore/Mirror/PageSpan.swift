/// The part of a page that the coverage rules need.
package struct PageSpan: Hashable, Sendable {
  /// What the page was asked with; nil: from the newest message.
  package var cursor: MessagePosition?
  package var newest: MessagePosition?
  package var oldest: MessagePosition?
  package var reachesBeginning: Bool
  /// Some of its messages could not be read: what it does not hold may be one of them.
  package var isIncomplete: Bool
  /// The cursor of the next page, see `nextCursor(after:)`; nil when the page is one instant.
  package var nextCursor: MessagePosition?
  /// All positions, newest first.
  package var positions: [MessagePosition]

  package init(_ page: MessagePage, askedWith cursor: MessagePosition?) {
    positions = page.messages.map(\.position).sorted(by: >)
    self.cursor = cursor
    newest = positions.first
    isIncomplete = page.skipped > 0
    oldest = positions.last
    reachesBeginning = !page.isCutShort && page.hasMore != true
    nextCursor = Self.nextCursor(after: positions)
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

  /// An unknown `before` is ignored by the server and the newest page comes back: the cursor's
  /// message was deleted.
  package var cursorWasIgnored: Bool {
    guard let cursor, let newest else { return false }
    return newest.createdAt >= cursor.createdAt
  }
}
