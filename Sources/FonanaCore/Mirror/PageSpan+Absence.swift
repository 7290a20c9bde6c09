extension PageSpan {
  /// The instants at which a mirrored message that the page does not hold is not at the server;
  /// nil when the page proves no absence.
  ///
  /// The oldest instant is left out, since a page may cut through its ties, unless the page
  /// reaches the beginning. The newest one is whole: `before` skips whole instants, and a first
  /// page begins with the newest message. So a first page also speaks of what stood above it, up
  /// to `mark`, the newest message that an earlier pull has brought; what only a list, a
  /// notification or our own send has shown may be younger than the answer.
  package func proven(knownUpTo mark: MessagePosition?) -> ClosedRange<Timestamp>? {
    guard let newest, let oldest, !cursorWasIgnored, !isIncomplete else { return nil }
    let from =
      reachesBeginning ? Timestamp(milliseconds: .min) : oldest.createdAt + .milliseconds(1)
    let through =
      cursor.map { $0.createdAt - .milliseconds(1) } ?? max(mark ?? newest, newest).createdAt
    return from <= through ? from...through : nil
  }
}
