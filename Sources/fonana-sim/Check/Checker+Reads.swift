import FonanaCore
import SyncEngine

/// Invariant 17, and the looks that invariant 5 counts.
extension Checker {
  /// GET of messages marks read: only for a reader, after a list without unread, or counted.
  mutating func looked(
    into id: ConversationID, before: MessageID?, _ request: RequestID, _ sim: Simulation
  ) {
    let now = sim.clock.now
    if before == nil { lookBegins[request] = (now, sim.server.commits) }
    guard sim.plan.mode == .onRead, !sim.server.isGone(id) else { return }
    let isAsked = sim.process.wishes.values.contains { wish in
      if case .read(id) = wish.kind { true } else { false }
    }
    let readThrough = sim.store.state(of: id)?.readThrough
    if isAsked || lists.showsRead(id, readThrough: readThrough, at: now) { return }
    if before != nil, let last = looks[id]?.lastPage, now - last <= .seconds(120) { return }
    if let count = lists.refused[id], count > 0 {
      lists.refused[id] = count - 1
      return
    }
    guard lists.forcedUsed < lists.forced else {
      return fail(17, "GET of \(id) that nobody asked for, nor was counted")
    }
    lists.forcedUsed += 1
  }

  mutating func pageCame(
    _ page: MessagePage, _ id: ConversationID, _ request: RequestID, _ sim: Simulation
  ) {
    lists.readSince.insert(id)
    let now = sim.clock.now
    var look = looks[id] ?? Look(begin: now, lastPage: now)
    look.lastPage = now
    if let begin = lookBegins.removeValue(forKey: request) {
      (look.begin, look.commits) = begin
    }
    looks[id] = look
    let oldest = page.messages.map(\.createdAt).min()
    let reachesBeginning = page.hasMore != true && !page.isCutShort
    for cid in posts.keys.sorted() where posts[cid]?.conversation == id {
      guard let posted = posts[cid]?.postedAt else { continue }
      let isBelow = oldest.map { $0 < posted - .seconds(2) } ?? false
      if reachesBeginning || isBelow { posts[cid]?.lookedThrough(since: look.begin) }
    }
  }
}
