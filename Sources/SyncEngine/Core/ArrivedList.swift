package import FonanaCore

/// A list of conversations as it came.
package struct ArrivedList: Sendable, Hashable {
  package var rows: [ListedConversation]
  /// When it was made, on the server's clock, in whole seconds.
  package var date: Timestamp?
  /// Nothing in it was unreadable.
  package var isWhole: Bool
  package var askedAtBoot: Duration?
  package var at: Times

  /// What is younger is not in it. Its date has whole seconds, so that it may show messages that
  /// are younger than that.
  var end: Timestamp? {
    let newest = rows.compactMap(\.last?.createdAt).max()
    return [date, newest.map { $0 + .milliseconds(1) }].compactMap { $0 }.max()
  }

  var lastMessages: Set<MessageID> { Set(rows.compactMap(\.last?.id)) }
}
