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
    guard let right = right(toLookInto: id, before: before, sim) else {
      return fail(17, "GET of \(id) that nobody asked for, nor was counted")
    }
    ticks.grant(right, request, epoch: sim.process.epoch)
  }

  private mutating func right(
    toLookInto id: ConversationID, before: MessageID?, _ sim: Simulation
  ) -> TickRecord.Right? {
    let now = sim.clock.now
    if sim.process.isAskedToRead(id) { return .everything }
    if lists.forcedUsed < lists.forced {  // it is counted in the turn that asks
      lists.forcedUsed += 1
      return .everything
    }
    if lists.showsRead(id, readThrough: sim.store.state(of: id)?.readThrough, at: now) {
      return .later(than: lists.commits)
    }
    if before != nil, let look = looks[id], now - look.lastPage <= .seconds(120) {
      return .later(than: look.commits)
    }
    guard let count = lists.refused[id], count > 0 else { return nil }
    lists.refused[id] = count - 1
    return ticks.takeRefused(in: id) ?? .everything
  }

  /// What a GET has marked read at the server is what somebody wanted to read, or what nobody here
  /// could know of when it was sent.
  mutating func ticked(_ rows: [SimMessage], in id: ConversationID, _ call: Call, _ sim: Simulation)
  {
    guard sim.plan.mode == .onRead, case .later(let commit)? = ticks.right(of: call),
      !sim.process.isAskedToRead(id)
    else { return }
    let readThrough = sim.store.state(of: id)?.readThrough
    // Of several of one instant a list names one.
    let unwanted = rows.first { row in
      row.commit <= commit && readThrough.map { $0.createdAt < row.createdAt } ?? true
    }
    if let unwanted {
      fail(17, "\(unwanted.id) in \(id) is marked read, was known to be unread, and nobody read it")
    }
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
