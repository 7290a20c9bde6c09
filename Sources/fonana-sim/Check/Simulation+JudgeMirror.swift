import FonanaCore
import SyncEngine

/// The sixth and the eighth invariant: what the mirror claims to hold, it holds; what nobody has
/// read is unread.
extension Simulation {
  func checkMirror(of conversation: SimConversation) {
    guard let state = store.state(of: conversation.id) else { return }
    let known = checker.lookedUpTo[conversation.id] ?? 0
    let edges = state.coverage.gaps.compactMap(\.older?.id)
    let edgeRows = edges.isEmpty ? [] : conversation.messages.filter { edges.contains($0.id) }
    for row in conversation.messages where !row.isDeleted && row.commit <= known {
      let position = MessagePosition(createdAt: row.createdAt, id: row.id)
      guard state.coverage.covers(position), !isStillToBeFound(row, by: edgeRows) else { continue }
      if let wrong = difference(row) {
        checker.fail(6, "\(row.id) in \(conversation.id): \(wrong)")
      }
    }
    checkUnread(conversation, state)
  }

  /// One that was committed late, with a date before the lower edge of a gap: the pull that closes
  /// the gap looks below that edge too, and the gap is open still.
  private func isStillToBeFound(_ row: SimMessage, by edges: [SimMessage]) -> Bool {
    edges.contains { row.createdAt <= $0.createdAt && row.commit > $0.commit }
  }

  private func difference(_ row: SimMessage) -> String? {
    guard let known = store.message(row.id) else { return "missing in a covered range" }
    if known.isDeleted { return "held for deleted" }
    if !known.isComplete { return "incomplete in a covered range" }
    if !row.isPaid, known.mediaURL != row.media { return "another image" }
    let isText = known.content == row.content
    // An edit below the overlap is seen when the row is read again.
    let isShown = checker.shownEdits.contains(row.id)
    let wasText =
      known.content.map { text in
        row.earlierTexts.contains(text) && (!isShown || text.hasPrefix("edited "))
      } ?? false
    return row.isPaid || isText || wasText ? nil : "another text"
  }

  /// What nobody has read is shown as unread, and nothing else.
  private func checkUnread(_ conversation: SimConversation, _ state: ConversationState) {
    let others = conversation.messages.filter { $0.senderID != ModelServer.me }
    guard !others.contains(where: \.isDeleted) else { return }
    let truth = others.filter { row in
      let position = MessagePosition(createdAt: row.createdAt, id: row.id)
      let isReadHere = state.readThrough.map { position <= $0 } ?? false
      // A tick whose answer was lost looks like one of the browser.
      return !isReadHere && (row.readBy == nil || people.cameUnread.contains(row.id))
    }
    let shown = store.unread(in: conversation.id, mode: plan.mode)
    // Behind a newer own message, and without its notification, nothing names an unread one.
    if shown == 0, truth.allSatisfy({ store.message($0.id) == nil }) { return }
    if truth.isEmpty, others.contains(where: { seemsUnread($0, readThrough: state.readThrough) }) {
      return
    }
    if truth.isEmpty != (shown == 0) {
      let example = (truth.first?.id).map { ", \($0)" } ?? ""
      checker.fail(
        8, "\(conversation.id): \(shown) shown as unread, \(truth.count) are\(example)")
    }
  }

  /// A notification is a little younger than its message: known by it alone, what stands before the
  /// last message that was read seems to stand behind it.
  private func seemsUnread(_ row: SimMessage, readThrough: MessagePosition?) -> Bool {
    guard let readThrough, let known = store.message(row.id), !known.isComplete else {
      return false
    }
    return known.position > readThrough && row.createdAt < known.position.createdAt
  }
}

extension Coverage {
  /// Whether the mirror claims to hold what stands at `position`.
  func covers(_ position: MessagePosition) -> Bool {
    guard let newest, position <= newest else { return false }
    return !gaps.contains { gap in
      // Of the instant at its newer end a page may have held a part only.
      position.createdAt <= gap.newer.createdAt && (gap.older.map { $0 < position } ?? true)
    }
  }
}
