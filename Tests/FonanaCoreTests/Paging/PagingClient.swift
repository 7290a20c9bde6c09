import FonanaCore
import FonanaTestSupport

/// Pages by the rules of docs/reliability.md, 1.6, as the engine does.
struct PagingClient {
  private(set) var coverage = Coverage()
  private(set) var mirror: Set<MessagePosition> = []
  private var widened: Int?
  private(set) var requests = 0

  /// From the newest message.
  mutating func pull(
    _ server: PagingServer, limit: Int, using random: inout SeededRandom
  ) {
    read(server, limit: widened ?? limit, before: nil, using: &random)
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
    mirror.insert(position)
    coverage.addIsland(position)
  }

  @discardableResult
  private mutating func read(
    _ server: PagingServer, limit: Int, before: MessagePosition?, using random: inout SeededRandom
  ) -> PageSpan {
    requests += 1
    let page = server.page(limit: limit, before: before?.id, using: &random)
    let span = PageSpan(page, askedWith: before)
    if span.cursorWasIgnored { return span }
    mirror.formUnion(span.positions)
    coverage.apply(span)
    // A page of one instant has no next cursor: the limit grows until it holds more.
    let isStuck = span.nextCursor == nil && page.hasMore == true
    widened = isStuck ? min(limit * 2, 1000) : nil
    return span
  }

  /// The messages older than the newest one that a pull has brought that are neither known nor
  /// inside a gap. (One of the newest instant may have been made since; the overlap of the next
  /// pull brings it.)
  func holes(in server: PagingServer) -> [MessagePosition] {
    server.messages.filter { message in
      guard !mirror.contains(message), let newest = coverage.newest,
        message.createdAt < newest.createdAt
      else {
        return false
      }
      return !coverage.gaps.contains { $0.mayHide(message) }
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
