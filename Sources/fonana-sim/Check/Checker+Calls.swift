import FonanaCore

/// Invariant 9: a message calls a person at most once, and never for own or old ones.
extension Checker {
  mutating func told(_ events: [StoreEvent], _ sim: Simulation) {
    for event in events where event.kind == .messageReceived && !event.isBacklog {
      guard let id = event.messageID, let conversation = event.conversationID,
        let row = sim.server.message(id, in: conversation)
      else { continue }
      if !told.insert(id).inserted { fail(9, "\(id) calls a second time") }
      if row.senderID == ModelServer.me { fail(9, "\(id) is our own, and calls") }
      // The server's clock tells whole seconds: one of the start's own second may be either.
      if let began = sim.process.bootedAt, row.committedAt < began - .seconds(1) {
        fail(9, "\(id) is older than the daemon's start, and calls")
      }
    }
  }
}
