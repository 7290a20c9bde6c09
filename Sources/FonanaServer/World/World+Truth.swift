extension World {
  package func user(id: String) -> WorldUser? {
    read { $0.user(id: id) }
  }

  package func user(wallet: String) -> WorldUser? {
    read { $0.user(wallet: wallet) }
  }

  package func user(nickname: String) -> WorldUser? {
    read { $0.user(nickname: nickname) }
  }

  package func conversationIDs(of userID: String) -> [String] {
    read { $0.conversationIDs(of: userID) }
  }

  package func conversationID(of one: String, and other: String) -> String? {
    read { $0.conversationID(of: one, and: other) }
  }

  /// Oldest first.
  package func messages(in conversationID: String) -> [WorldMessage] {
    read { $0.messages(in: conversationID) }
  }

  package func message(id: String) -> WorldMessage? {
    read { $0.message(id: id) }
  }

  package func unreadCount(in conversationID: String, of userID: String) -> Int {
    read { $0.unreadCount(in: conversationID, of: userID) }
  }

  /// Oldest first.
  package func notifications(of userID: String) -> [WorldNotification] {
    read { $0.notifications(of: userID) }
  }

  package var counters: ServerCounters {
    read { $0.counters }
  }

  /// The newest 20,000 requests, oldest first.
  package var requestLog: [RequestRecord] {
    read { $0.requestLog }
  }

  package func resetCounters() {
    update { state in
      let (sockets, connections) = (state.counters.openSockets, state.counters.openConnections)
      state.counters = ServerCounters()
      state.counters.openSockets = sockets
      state.counters.openConnections = connections
      state.requestLog = []
    }
  }

  package var pushSettings: PushSettings {
    get { read { $0.pushSettings } }
    set { update { $0.setPushSettings(newValue) } }
  }

  /// Routes, by label, that refuse every Bearer token, as if they verified with another secret.
  package var routesRefusingTokens: Set<String> {
    get { read { $0.routesRefusingTokens } }
    set { update { $0.routesRefusingTokens = newValue } }
  }
}

extension WorldState {
  /// An event that was held back for a swap goes out when swapping ends.
  mutating func setPushSettings(_ settings: PushSettings) {
    pushSettings = settings
    if !settings.swapsPairs, let held = heldPush {
      outbox.append(held)
      heldPush = nil
    }
  }
}
