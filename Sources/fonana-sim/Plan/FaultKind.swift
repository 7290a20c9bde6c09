/// What can go wrong in a schedule. Each seed switches each one on or off and draws its rate.
/// What strikes nothing, since there was nothing to strike, is not counted.
enum FaultKind: Int, CaseIterable, Sendable {
  // a request
  case notSent, requestLost, answerLost, slow, badGateway, gatewayTimeout, errorBefore, errorAfter
  case throttled, throttledBlindly, throttledLong, garbage, otherAnswer, redirect, lateCommit
  case tooLarge, unechoed, foreignGrant
  // the server
  case tokenRevoked, routeRefusal, tokenRefusal, accountGone, conversationGone, serverClock, poison
  case deletion, edit, tie, skew, secondStepLost
  // others with the same account
  case browser, readElsewhere, secondDaemon
  // the network as a whole
  case partition, outage, flapping, portal
  // the socket
  case socketDrop, socketSilence, socketDeaf, socketClose, socketRefusal, upgradeRefusal
  case foreignGreeting, earlyFrame, brokenFrame, pushLost, pushTwice, pushLate, foreignPush
  // the process, its disk and its clocks
  case crash, bootCrash, tailLost, restart, diskFull, diskError, wallJump, wallFar, suspend
  case diskSlow

  /// Drawn once for each request, in place of a normal exchange.
  static let ofRequests: [FaultKind] = [
    .notSent, .requestLost, .answerLost, .slow, .badGateway, .gatewayTimeout, .errorBefore,
    .errorAfter, .throttled, .throttledBlindly, .throttledLong, .garbage, .otherAnswer, .redirect,
    .lateCommit, .tooLarge, .unechoed, .foreignGrant,
  ]

  /// Come by themselves, as a process with the drawn rate.
  static let spontaneous: [FaultKind] = [
    .tokenRevoked, .routeRefusal, .tokenRefusal, .accountGone, .conversationGone, .deletion, .edit,
    .browser, .secondDaemon, .partition, .outage, .flapping, .portal, .socketDrop, .socketSilence,
    .socketDeaf, .socketClose, .brokenFrame, .foreignPush, .crash, .restart, .diskFull, .wallJump,
    .wallFar, .suspend,
  ]

  /// How often it strikes beside the drawn rate: what stops a whole account is rarer than what
  /// hits a request.
  var weight: Double {
    switch self {
    case .throttledLong, .unechoed: 0.3
    case .tooLarge: 0.6
    case .foreignGrant: 2
    case .accountGone, .conversationGone, .flapping, .portal, .wallFar: 0.2
    default: 1
    }
  }
}
