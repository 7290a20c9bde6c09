package import FonanaCore

/// All that can happen to the engine.
package enum EngineEvent: Sendable, Codable {
  /// The first event: what the disk holds. Credentials of another origin count as none.
  case booted(StoreSnapshot, StoredCredentials?)
  case answered(RequestID, ServerAnswer)
  case committed(TransactionID, StoreResult)
  case commitFailed(TransactionID, FonanaError)
  case socket(SocketID, SocketSignal)
  case timerFired(TimerID)
  /// Somebody wants something; it is answered exactly once.
  case wished(WishID, Wish)
  case attentionBegan
  case attentionEnded
  case reconnectWanted
  /// An address, a link or a route of the machine.
  case networkChanged
  /// The daemon has emptied the store, after a logout.
  case storePurged
  /// The daemon has removed what is older, in one conversation or in all.
  case storeForgot(ConversationID?, before: Timestamp)
  case shutDown
}

package struct RequestID: Hashable, Sendable, Codable { package let number: Int }
package struct TransactionID: Hashable, Sendable, Codable { package let number: Int }
package struct SocketID: Hashable, Sendable, Codable { package let number: Int }

package struct WishID: Hashable, Sendable, Codable {
  package let number: Int
  package init(number: Int) { self.number = number }
}

/// Timers have names: setting one again replaces it.
package enum TimerID: Hashable, Sendable, Codable {
  case refreshToken
  case reconnect
  /// No frame for too long.
  case silence
  case ping
  /// The connection has lasted: its backoff starts anew.
  case stable
  /// Take the event slot again after an unclean reconnect (docs/protocol.md, 8).
  case reassert
  case tick
  case pulls
  case budget
  /// The end of a list's wait for the messages before those it shows.
  case burst
  case outbox(ClientID)
  case outboxPace
  /// The disk did not take a change of the outbox.
  case saveAgain
  case authProbe(Route)
  case patience(WishID)
  /// Whoever wanted no socket has not come back.
  case socketPause
  /// What is on the wire has had its time.
  case shutDown
}
