import FonanaCore

/// Reading the newest messages of a conversation again now and then: what was lost, changed or
/// deleted below the overlap shows in no list (docs/reliability.md, “The mirror”).
extension EngineCore {
  private static let secondTryAfter = Duration.seconds(600)

  /// One at a time, when nothing else is fetched, and only when the newest list has shown that
  /// nothing is unread there: it never ticks. False: one is due, and waits for such a list.
  mutating func startDeepCheck() -> Bool {
    guard let conversation = conversationToCheck else { return true }
    guard isListFresh(for: Self.listIsFreshFor) else { return false }
    // One that waits for the budget would tick what has come meanwhile.
    guard requests.awaitingBudget.isEmpty,
      budget.hasRoom(at: turn.now.boot, scale: configuration.timeScale)
    else { return true }
    let limit = pulls.limits[conversation] ?? Pulls.deepPage
    let newest = book.coverage(of: conversation).newest
    pulls.active[conversation] = Pulls.Active(
      cursor: nil, gap: nil, knownTop: newest, limit: limit, startedAt: turn.now.boot,
      listsTaken: poll.listsTaken, isDeepCheck: true)
    submit(
      .listMessages(conversation, limit: limit, before: nil, stopAt: newest),
      for: .pull(conversation))
    return true
  }

  /// A loop: a method as an argument would copy the whole core.
  private var conversationToCheck: ConversationID? {
    for conversation in book.order where isDeepCheckDue(conversation) { return conversation }
    return nil
  }

  private func isDeepCheckDue(_ conversation: ConversationID) -> Bool {
    guard let entry = book[conversation], !entry.isGone, entry.missedLists == 0,
      entry.listedUnread == 0, entry.state.listUnread == 0,
      entry.state.coverage.isWhole, entry.state.coverage.newest != nil
    else { return false }
    return passed(Pulls.deepInterval, since: pulls.deepChecks[conversation] ?? link.startedAtBoot)
  }

  /// Counted over restarts: a daemon that never runs for six hours checks all the same.
  mutating func loadDeepChecks(of conversations: [ConversationState]) {
    for conversation in conversations {
      guard let checkedAt = conversation.deepCheckedAt else { continue }
      let age = max(.zero, turn.now.wall - checkedAt)
      pulls.deepChecks[conversation.id] = turn.now.boot - age
    }
  }

  mutating func noteDeepCheck(
    of conversation: ConversationID, if isChecked: Bool
  ) -> [StoreAct] {
    guard isChecked else { return [] }
    pulls.deepChecks[conversation] = turn.now.boot
    return [.noteDeepCheck(conversation)]
  }

  /// One conversation that can't be read must not keep the others from being checked.
  mutating func postponeDeepCheck(of conversation: ConversationID) {
    pulls.deepChecks[conversation] =
      turn.now.boot - turn.scaled(Pulls.deepInterval) + turn.scaled(Self.secondTryAfter)
  }
}
