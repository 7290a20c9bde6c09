import FonanaCore

/// What the mutants do at their places. Without one, each of these is what the core would say
/// anyway.
extension EngineCore {
  func isMutated(_ mutant: EngineMutant) -> Bool { configuration.mutant == mutant }

  /// The page as the coverage rules see it.
  func span(
    of page: MessagePage, askedWith cursor: MessagePosition?, knowing top: MessagePosition? = nil
  ) -> PageSpan {
    var span = PageSpan(page, askedWith: cursor, knowing: top)
    if isMutated(.cursorIsLastID) { span.nextCursor = span.oldest }
    return span
  }

  /// What the coverage becomes by a page.
  func coverage(_ coverage: Coverage, with span: PageSpan) -> Coverage {
    var result = coverage
    result.apply(span)
    if isMutated(.noGapRow) { return Coverage(newest: result.newest) }
    if isMutated(.noOverlap), let oldest = span.oldest {
      let open = result.gaps.filter { gap in gap.older.map { oldest > $0 } ?? true }
      return Coverage(newest: result.newest, gaps: open)
    }
    return result
  }

  /// What is taken of a page from the newest message.
  func taken(_ page: MessagePage, onto before: Coverage) -> MessagePage {
    guard isMutated(.noOverlap),
      let mark = before.gaps.isEmpty ? before.newest : before.gaps[0].older
    else { return page }
    var news = page
    news.messages.removeAll { $0.position <= mark }
    return news
  }

  /// Where the absence of a message from the page counts.
  func proven(by span: PageSpan, onto before: Coverage) -> ClosedRange<Timestamp>? {
    isMutated(.noOverlap) ? nil : span.proven(knownUpTo: before.newest)
  }

  func length(ofQuarantine length: Duration) -> Duration {
    isMutated(.noQuarantine) ? .zero : length
  }

  /// Whether the push itself is taken for what it only hints at.
  mutating func tookAsData(_ notification: PlatformNotification?) -> Bool {
    guard isMutated(.pushIsData), let notification, let preview = notification.preview else {
      return false
    }
    let position = MessagePosition(createdAt: notification.createdAt, id: preview.messageID)
    let before = book.coverage(of: preview.conversationID)
    let coverage = Coverage(
      newest: max(before.newest ?? position, position), gaps: before.gaps)
    book.setCoverage(coverage, of: preview.conversationID)
    commit([
      .applyNotifications(
        [notification], unread: nil, coverages: [preview.conversationID: coverage],
        isBacklog: false)
    ])
    return true
  }

  /// The list as its unread counts are believed.
  func believed(_ list: [ListedConversation]) -> [ListedConversation] {
    guard isMutated(.unreadIncrement) else { return list }
    return list.map { listed in
      guard let entry = book[listed.id], let last = listed.last else { return listed }
      let isNewOfOther = entry.last?.id != last.id && last.senderID != session.account?.userID
      var counted = listed
      counted.unread = (entry.listedUnread ?? entry.state.listUnread) + (isNewOfOther ? 1 : 0)
      return counted
    }
  }
}
