/// What can go wrong in a schedule. Each seed switches each one on or off and draws its rate.
enum FaultKind: Int, CaseIterable, Sendable {
  // a request
  case notSent, requestLost, answerLost, slow, badGateway, gatewayTimeout, errorBefore, errorAfter
  case throttled, garbage, redirect, lateCommit
  // the server
  case tokenRevoked, routeRefusal, tokenRefusal, serverClock, poison, deletion, tie, skew
  case secondStepLost
  // the network as a whole
  case partition, outage
  // the socket
  case socketDrop, socketSilence, socketRefusal, upgradeRefusal, pushLost, pushTwice, foreignPush
  case browser
  // the process, its disk and its clocks
  case crash, restart, diskFull, wallJump, suspend

  /// Drawn once for each request, in place of a normal exchange.
  static let ofRequests: [FaultKind] = [
    .notSent, .requestLost, .answerLost, .slow, .badGateway, .gatewayTimeout, .errorBefore,
    .errorAfter, .throttled, .garbage, .redirect, .lateCommit,
  ]

  /// Come by themselves, as a process with the drawn rate.
  static let spontaneous: [FaultKind] = [
    .tokenRevoked, .routeRefusal, .tokenRefusal, .deletion, .partition, .outage, .socketDrop,
    .socketSilence, .foreignPush, .browser, .crash, .restart, .diskFull, .wallJump, .suspend,
  ]
}
