/// What of a conversation the mirror holds without holes. Pure rules over rows: the engine, the
/// store and the simulator share them (docs/reliability.md, “The mirror”).
package struct Coverage: Hashable, Sendable, Codable {
  /// The newest message that a pull has brought ("contiguous mark"). Islands never move it.
  package private(set) var newest: MessagePosition?
  /// Newest first.
  package private(set) var gaps: [Gap]
  /// A person has forgotten what is older: it is never asked for again.
  package private(set) var floor: Timestamp?
  /// Newest first. They count for no gap: a mirror with them is as whole as it can be.
  package private(set) var unreadable: [UnreadableStretch]

  package init(
    newest: MessagePosition? = nil, gaps: [Gap] = [], floor: Timestamp? = nil,
    unreadable: [UnreadableStretch] = []
  ) {
    self.newest = newest
    self.gaps = gaps
    self.floor = floor
    self.unreadable = unreadable
    removeForgottenGaps()
  }

  package mutating func forget(before limit: Timestamp) {
    floor = floor.map { max($0, limit) } ?? limit
    removeForgottenGaps()
  }

  private mutating func removeForgottenGaps() {
    guard let floor else { return }
    gaps.removeAll { $0.newer.createdAt < floor }
    unreadable.removeAll { stretch in stretch.newer.map { $0.createdAt < floor } ?? false }
  }

  /// How far below a known mark a pull reads again, since commit order is not `createdAt` order.
  package static let overlapMessages = 50
  package static let overlapTime = Duration.seconds(120)

  package var isWhole: Bool { gaps.isEmpty }

  /// Everything above the contiguous mark is unknown but for islands.
  package var topGap: Gap? {
    gaps.first.flatMap { $0.cursor == nil && $0.older == newest ? $0 : nil }
  }

  /// The newest message that is known at all.
  package var top: MessagePosition? { topGap?.newer ?? newest }

  /// A message is known from a list or a notification only: a gap lies below it until a pull
  /// joins it.
  package mutating func addIsland(_ position: MessagePosition) {
    if let newest, position <= newest { return }
    if let floor, position.createdAt < floor { return }
    if let top = topGap {
      gaps[0].newer = max(top.newer, position)
    } else {
      gaps.insert(Gap(newer: position, older: newest, cursor: nil), at: 0)
    }
  }

  /// A page was read that starts below `cursor` (nil: at the newest message).
  package mutating func apply(_ page: PageSpan) {
    unreadable.removeAll { page.covers($0) }
    unreadable = (unreadable + page.unreadable).sorted {
      MessagePosition.isNewer($0.newer, than: $1.newer)
    }
    let younger = topGap.flatMap { page.isOlder(than: $0.newer) ? $0.newer : nil }
    close(by: page)
    if let younger { addIsland(younger) }
    removeForgottenGaps()
  }

  private mutating func close(by page: PageSpan) {
    guard let top = page.newest, let bottom = page.oldest else {
      if page.reachesBeginning { removeGaps(from: page.cursor) }
      return
    }
    if page.cursor == nil { openTopGap(upTo: top) }
    gaps = Self.joined(gaps.compactMap { cut($0, by: page, bottom: bottom) })
    if page.cursor == nil { newest = max(newest ?? top, top) }
  }

  /// The newest messages are to be read again, with the overlap below them: a page of them was lost.
  package mutating func reopen() {
    if let newest { openTopGap(upTo: newest) }
  }

  /// Makes sure that what a page from the newest message may have left out is a gap. Also when
  /// nothing seems new: the overlap below the known mark has to be read, and ties of the mark can
  /// have been made since.
  private mutating func openTopGap(upTo top: MessagePosition) {
    guard topGap == nil else {
      gaps[0].newer = max(gaps[0].newer, top)
      return
    }
    gaps.insert(Gap(newer: top, older: newest, cursor: nil), at: 0)
  }

  /// Of gaps that go on from the same place one is enough: the one that reaches deepest.
  private static func joined(_ gaps: [Gap]) -> [Gap] {
    gaps.reduce(into: []) { result, gap in
      guard let last = result.last, last.newer == gap.newer, last.cursor == gap.cursor else {
        return result.append(gap)
      }
      guard let older = last.older, let other = gap.older else {
        return result[result.count - 1].older = nil
      }
      result[result.count - 1].older = min(older, other)
    }
  }

  private mutating func removeGaps(from cursor: MessagePosition?) {
    gaps.removeAll { gap in cursor.map { !gap.beginsAbove($0) } ?? true }
  }

  /// nil: the gap is closed.
  private func cut(_ gap: Gap, by page: PageSpan, bottom: MessagePosition) -> Gap? {
    if let cursor = page.cursor, gap.beginsAbove(cursor) { return gap }
    if page.reachesBeginning { return nil }
    if let older = gap.older, page.joins(older) { return nil }
    if bottom > gap.newer, gap.cursor != page.cursor { return gap }  // ends above the gap
    return Gap(newer: bottom, older: gap.older, cursor: page.nextCursor ?? gap.cursor)
  }

  /// The cursor of `gap` is gone from the server: everything from the newest message down to the
  /// gap's end is read again.
  package mutating func restart(_ gap: Gap) {
    guard let top = [gaps.first?.newer, newest, gap.newer].compactMap({ $0 }).max() else { return }
    let below = gaps.filter { other in gap.older.map { other.newer <= $0 } ?? false }
    gaps = [Gap(newer: top, older: gap.older, cursor: nil)] + below
    newest = gap.older
  }
}
