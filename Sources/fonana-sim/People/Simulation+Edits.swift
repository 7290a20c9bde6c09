import FonanaCore
import SyncEngine

/// The person changes what waits.
extension Simulation {
  /// Soon after the message was sent, or after it was edited.
  func thinkBetter(of cid: ClientID, chance: Double) {
    guard plan.edits > 0, pen.happens(chance) else { return }
    after(pen.milliseconds(0...5000), .person(.edit(cid, tries: 0)))
  }

  /// The person hears that a message is parked since its fate can't be told.
  func reconsider(_ act: StoreAct) {
    guard case .update(let item, _) = act, item.isUndecided else { return }
    thinkBetter(of: item.cid, chance: 0.6)
    // What has an image can't be edited any more: the others are edited the more.
    guard plan.edits > 0, plan.enclosures > 0, item.image == nil else { return }
    for _ in 0..<2 {
      after(album.milliseconds(0...20_000), .person(.edit(item.cid, tries: 0)))
    }
  }

  /// In whatever state it is, but often enough one whose fate can't be told.
  func edit(_ wanted: ClientID?, tries: Int) {
    let found: OutboxItem? = if let wanted { store.item(wanted) } else { pickToEdit() }
    guard let item = found else {
      if tries > 0 { after(pen.seconds(1...60), .person(.edit(wanted, tries: tries - 1))) }
      return
    }
    let cid = item.cid
    let text = newText(of: cid)
    wish(
      .outbox(.edit(cid, content: text)), .edit(cid, text: text, state: item.state),
      .edit(cid, tries: 0))
    thinkBetter(of: cid, chance: 0.25)
    if item.state == .parked, pen.happens(0.5) {
      after(pen.milliseconds(100...20_000), .person(.retry(cid)))
    }
    if item.isUndecided, let conversation = item.recipient.conversationID {
      after(pen.milliseconds(100...30_000), .person(.read(conversation)))
    }
  }

  private func pickToEdit() -> OutboxItem? {
    let undecided = store.outbox.filter(\.isUndecided)
    return pen.pick(undecided.isEmpty || pen.happens(0.4) ? store.outbox : undecided)
  }

  /// Now and then what it said before.
  private func newText(of cid: ClientID) -> String {
    if pen.happens(0.1), let former = people.sends[cid]?.former.last { return former }
    people.edits += 1
    return "rewritten \(people.edits)"
  }

  func countEdit(of state: OutboxState, _ answer: WishAnswer) {
    switch (answer, state) {
    case (.done, .unresolved): deeds.count(.unresolvedEdited)
    case (.done, .queued): deeds.count(.queuedEdited)
    case (.done, .held): deeds.count(.heldEdited)
    case (.done, .parked): deeds.count(.parkedEdited)
    case (.failed(let error), .intent) where error.code == .conflict:
      deeds.count(.editRefusedWhileSending)
    case (.failed(let error), .quarantine) where error.code == .conflict:
      deeds.count(.editRefusedInDoubt)
    default: break
    }
  }
}

extension OutboxItem {
  /// Whether the server has it can't be told.
  fileprivate var isUndecided: Bool { state == .parked && reason?.code == .ambiguousDelivery }
}
