import FonanaCore
import SyncEngine

/// Faults of the server, and what others do with the same account.
extension Simulation {
  func refuse(_ kind: FaultKind) -> Bool {
    switch kind {
    case .tokenRevoked: server.secret += 1
    case .routeRefusal:
      let routes: [Route] = [.conversations, .messages, .send, .notifications, .verify, .version]
      server.refusingRoutes.formUnion(fate.pick(routes).map { [$0] } ?? [])
      lasts(kind, 10...600)
    case .tokenRefusal:  // the socket's server and the judge of tokens disagree with all others
      server.refusingRoutes.formUnion([.verify, .version])
      lasts(kind, 10...600)
    default:
      guard !server.isAccountGone else { return false }
      server.isAccountGone = true
      lasts(kind, 5...300)
    }
    return true
  }

  /// The partner has left, and the conversation with him. One at least stays.
  func removeConversation() -> Bool {
    let left = server.conversations.indices.filter { !server.conversations[$0].isGone }
    guard left.count > 2, let index = fate.pick(left) else { return false }
    server.conversations[index].isGone = true
    return true
  }

  func deleteSomething() -> Bool {
    guard let (index, row) = pickMessage(where: { $0.senderID != ModelServer.me }) else {
      return false
    }
    server.conversations[index].delete(row)
    return true
  }

  func editSomething() -> Bool {
    guard let (index, row) = pickMessage(where: { $0.senderID != ModelServer.me }) else {
      return false
    }
    server.conversations[index].edit(row, to: "edited \(fate.digits(4))")
    return true
  }

  private func pickMessage(where isWanted: (SimMessage) -> Bool) -> (index: Int, row: Int)? {
    let index = fate.below(server.conversations.count)
    guard server.conversations.indices.contains(index) else { return nil }
    let messages = server.conversations[index].messages
    let rows = messages.indices.filter { !messages[$0].isDeleted && isWanted(messages[$0]) }
    return fate.pick(rows).map { (index, $0) }
  }

  /// A browser of the same user: takes the slot, reads something, and goes.
  func useBrowser() -> Bool {
    let index = fate.below(server.conversations.count)
    if server.conversations.indices.contains(index), server.conversations[index].unread > 0,
      fate.happens(plan[.readElsewhere] * 8)
    {
      tally.count(.readElsewhere)
      server.markRead(index, by: .browser)
    }
    guard people.browser == nil else { return false }
    server.lastSerial += 1
    people.browser = server.lastSerial
    server.connections.insert(server.lastSerial)
    server.slot = server.lastSerial
    lasts(.browser, 1...600)
    return true
  }

  /// Another daemon of the same account sends, with a mark of its own, and reads.
  func writeElsewhere() -> Bool {
    let index = fate.below(server.conversations.count)
    guard server.conversations.indices.contains(index), !server.conversations[index].isGone else {
      return false
    }
    server.store(
      fate.happens(0.3) ? "hello" : "from the other desk", from: ModelServer.me,
      cid: ClientID("other-\(fate.digits(8))"), in: index, at: clock.server)
    if fate.happens(0.5) { server.markRead(index, by: .browser) }
    return true
  }
}
