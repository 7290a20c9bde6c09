import FonanaCore

/// Messages of pages that the disk did not take (6): until another page brings them, the mirror may
/// not say that it has what stands at their place.
struct LostRecord {
  private var lost: [ConversationID: [MessageID: MessagePosition]] = [:]

  /// What the mirror claimed before came late, as far as it knows.
  mutating func failed(_ acts: [StoreAct], in store: MemoryStore) {
    for case .applyPage(let id, let page, _, _, _) in acts {
      let coverage = store.state(of: id)?.coverage
      for message in page.messages where coverage?.claims(message.position) != true {
        lost[id, default: [:]][message.id] = message.position
      }
    }
  }

  /// Those that are claimed and were not written, of a conversation that the acts are about.
  mutating func claimed(by acts: [StoreAct]) -> (ConversationID, [MessageID])? {
    guard !lost.isEmpty else { return nil }
    for case .applyPage(let id, let page, _, _, _) in acts {
      for message in page.messages { lost[id]?[message.id] = nil }
    }
    for (id, coverage) in acts.flatMap(\.coverages) {
      let claimed = lost[id]?.filter { coverage.claims($0.value) }.map(\.key) ?? []
      if !claimed.isEmpty { return (id, claimed.sorted()) }
    }
    return nil
  }
}

extension StoreAct {
  fileprivate var coverages: [(ConversationID, Coverage)] {
    switch self {
    case .applyPage(let id, _, let coverage, _, _): [(id, coverage)]
    case .applyList(let states, _): states.map { ($0.conversation.id, $0.coverage) }
    case .applyNotifications(_, _, let coverages, _): coverages.sorted { $0.key < $1.key }
    default: []
    }
  }
}
