import FonanaCore

/// The outbox as a plain array.
struct OutboxModel {
  private(set) var items: [OutboxItem] = []
  private var sent: [ClientID: OutboxItem] = [:]
  private var nextSequence: Int64 = 1

  /// Few cids, so that acts meet each other.
  func randomAct(step: Int, _ random: inout SeededRandom) -> StoreAct {
    let number = Int.random(in: 0..<12, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0, 1:
      let content = Bool.random(using: &random) ? "one" : "two"
      return .enqueue(Sample.item(number, content: content))
    case 2:
      var item = items.first { $0.cid == Sample.cid(number) } ?? Sample.item(number)
      item.state = OutboxState.allCases.randomElement(using: &random) ?? .queued
      item.attempts += 1
      return .update(item, Sample.entry(item.state.rawValue))
    case 3:
      return .confirm(
        Sample.cid(number), Sample.ownMessage(Int64(number)), at: Sample.time(Int64(step)))
    default: return .cancel(Sample.cid(number), Sample.entry("cancelled"))
    }
  }

  mutating func apply(_ act: StoreAct) -> [EnqueueResult] {
    switch act {
    case .enqueue(let item): return [enqueue(item)]
    case .update(let item, _):
      if let index = items.firstIndex(where: { $0.cid == item.cid }) { items[index] = item }
    case .confirm(let cid, let message, _):
      let item = items.first { $0.cid == cid } ?? sent[cid]
      sent[cid] = item ?? Self.unknown(cid, message)
      items.removeAll { $0.cid == cid }
    case .cancel(let cid, _): items.removeAll { $0.cid == cid }
    default: break
    }
    return []
  }

  private mutating func enqueue(_ item: OutboxItem) -> EnqueueResult {
    if let known = items.first(where: { $0.cid == item.cid }) {
      return known.isSameWish(as: item) ? .known(known) : .conflict
    }
    if let earlier = sent[item.cid] {
      let isSame = earlier.recipient.text.isEmpty || earlier.isSameWish(as: item)
      return isSame
        ? .sent(item.cid, MessageID("m\(item.cid.rawValue.dropFirst(4))"), Sample.talk) : .conflict
    }
    var added = item
    added.sequence = nextSequence
    nextSequence += 1
    items.append(added)
    return .added(added)
  }

  /// Confirmed without ever having been in this outbox: every wish counts as the same.
  private static func unknown(_ cid: ClientID, _ message: ServerMessage) -> OutboxItem {
    OutboxItem(
      cid: cid, recipient: Recipient(text: ""), content: nil, state: .queued,
      queuedAt: message.createdAt)
  }
}
