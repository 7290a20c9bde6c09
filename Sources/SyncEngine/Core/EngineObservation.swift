/// One thing of the engine's work that is counted. What happened in a turn stands in
/// `Records.fresh` until the next one begins; the driver passes it on.
package enum EngineObservation: Sendable, Equatable {
  /// The server has greeted; `isAgain`: not for the first time since the start.
  case connected(isAgain: Bool)
  /// Ended before the server's greeting.
  case connectionFailed(String)
  /// Ended after it, not by us.
  case connectionLost(String)
  /// Ended by us before the server's greeting.
  case connectionGivenUp
  case tokenRequested(RefreshCause, outcome: String)
  /// From the frame that tells of a message to the commit that holds it.
  case pushStored(Duration)
  /// From the request to the server's confirmation.
  case sendConfirmed(Duration)
}

/// Why a token was asked for.
package enum RefreshCause: String, Sendable, Equatable {
  case login
  /// Most of its life was over.
  case scheduled
  case expired
  /// The server refused the one before.
  case refused
  /// The one before can't be read: its keeper does not answer.
  case lost
}
