package import FonanaCore

/// What comes next for the messages on their way.
extension EngineCore {
  package func outlooks(at now: Times) -> [ClientID: OutboxOutlook] {
    let heads = outbox.headsByLane
    return outbox.items.mapValues { outlook(of: $0, behind: heads[$0.lane], now) }
  }

  package func outlook(of cid: ClientID, at now: Times) -> OutboxOutlook? {
    outbox.items[cid].map { outlook(of: $0, behind: outbox.headsByLane[$0.lane], now) }
  }

  private func outlook(
    of item: OutboxItem, behind head: ClientID?, _ now: Times
  ) -> OutboxOutlook {
    switch item.state {
    case .parked, .held: return OutboxOutlook(.person)
    case .intent: return OutboxOutlook(.answer)
    case .quarantine: return outlook(inDoubt: item, now)
    case .unresolved, .queued:
      guard head != item.cid else { return outlook(ofHead: item, now) }
      let first = head ?? outbox.awaited(by: item)?.cid
      let isBlocked = first.flatMap { outbox.items[$0] }?.needsPerson == true
      return OutboxOutlook(.turn, behind: first, isBlocked: isBlocked)
    }
  }

  private func outlook(inDoubt item: OutboxItem, _ now: Times) -> OutboxOutlook {
    guard session.canCall(.messages, at: now.boot), !session.isAccountMissing else {
      return OutboxOutlook(.token)
    }
    return OutboxOutlook(
      .look, nextAttemptAt: link.state == .unreachable ? nextTry(now) : pause(of: item, now))
  }

  private func outlook(ofHead item: OutboxItem, _ now: Times) -> OutboxOutlook {
    guard session.token != nil, !session.isAccountMissing else { return OutboxOutlook(.token) }
    if let refusal = session.degraded[.send], refusal.nextProbe > now.boot {
      return OutboxOutlook(.route, nextAttemptAt: wall(of: refusal.nextProbe, now))
    }
    guard link.state != .unreachable else {
      return OutboxOutlook(.server, nextAttemptAt: nextTry(now))
    }
    return OutboxOutlook(.attempt, nextAttemptAt: pause(of: item, now) ?? now.wall)
  }

  private func pause(of item: OutboxItem, _ now: Times) -> Timestamp? {
    outbox.notBefore[item.cid].flatMap { $0 > now.boot ? wall(of: $0, now) : nil }
  }

  /// When the server is asked again whether it is there.
  private func nextTry(_ now: Times) -> Timestamp? {
    [poll.nextTickAtBoot.map { wall(of: $0, now) }, connection.nextAttemptAt]
      .compactMap { $0 }.filter { $0 >= now.wall }.min()
  }

  private func wall(of boot: Duration, _ now: Times) -> Timestamp { now.wall + (boot - now.boot) }
}
