/// Every stage of the engine's work that leaves a line in the log.
package enum Stage: String, Sendable, CaseIterable, Codable {
  // jwt
  case tokenLoaded, tokenMissing, tokenRequested, tokenReceived, tokenRefused, tokenRequestFailed
  case tokenOfAnotherUser, tokenOfAnotherServer, tokenExpired, tokenRefreshScheduled, tokenVerified,
    tokenForgotten
  case routeDegraded, routeRecovered
  // websocket
  case socketOpening, socketUpgraded, socketConnected, socketSubscribed, socketClosed
  case socketFailed, socketTokenLost, socketSilent, socketRetryScheduled, socketReasserted,
    socketPaused,
    pushReceived
  case pushOfAnotherUser, pushUnreadable
  // http
  case requestFailed, serverReachable, serverUnreachable, clockSkewed, budgetSpent, networkChanged
  // sync
  case listReceived, pageReceived, cursorLost, pullDeferred, forcedRead, clockJumped
  case conversationGone, accountMissing
  // outbox
  case itemQueued, itemResolved, itemSending, itemSent, itemNotSent, itemRejected, itemUncertain
  case itemFound, itemAbsent, itemParked, itemCancelled, itemDoubled
  // the store
  case commitFailed

  /// The category of the line (docs/interface.md, `logs`).
  package var category: String {
    switch self {
    case .tokenLoaded, .tokenMissing, .tokenRequested, .tokenReceived, .tokenRefused,
      .tokenRequestFailed, .tokenOfAnotherUser, .tokenOfAnotherServer, .tokenExpired,
      .tokenRefreshScheduled,
      .tokenVerified, .tokenForgotten, .routeDegraded, .routeRecovered:
      "jwt"
    case .socketOpening, .socketUpgraded, .socketConnected, .socketSubscribed, .socketClosed,
      .socketFailed, .socketTokenLost, .socketSilent, .socketRetryScheduled, .socketReasserted,
      .socketPaused,
      .pushReceived, .pushOfAnotherUser, .pushUnreadable:
      "websocket"
    case .requestFailed, .serverReachable, .serverUnreachable, .clockSkewed, .budgetSpent,
      .networkChanged:
      "http"
    case .listReceived, .pageReceived, .cursorLost, .pullDeferred, .forcedRead, .clockJumped,
      .conversationGone, .accountMissing, .commitFailed:
      "sync"
    case .itemQueued, .itemResolved, .itemSending, .itemSent, .itemNotSent, .itemRejected,
      .itemUncertain, .itemFound, .itemAbsent, .itemParked, .itemCancelled, .itemDoubled:
      "outbox"
    }
  }
}
