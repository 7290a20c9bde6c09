import ControlProtocol
import FonanaCore
import Testing

@testable import fonana_cli

/// The exit codes of `send` (docs/interface.md).
@Suite struct SendOutcomeTests {
  static let table: [(SendResult.State, Bool, ErrorCode?, FonanaCore.ExitStatus)] = [
    (.sent, true, nil, .done), (.queued, false, nil, .done), (.queued, true, nil, .notDelivered),
    (.parked, true, .refused, .refused), (.parked, false, .notFound, .done),
    (.parked, true, .ambiguous, .notFound), (.parked, true, .invalidInput, .usage),
    (.parked, true, .ambiguousDelivery, .failed), (.parked, true, nil, .failed),
    (.parked, true, .storeUnwritable, .failed), (.cancelled, true, .replied, .failed),
    (.cancelled, false, .conflict, .failed),
  ]

  @Test(arguments: table)
  func stateAndReasonMakeTheExitCode(
    _ state: SendResult.State, _ isAwaited: Bool, _ code: ErrorCode?,
    _ expected: FonanaCore.ExitStatus
  ) {
    let reason = code.map { ErrorInfo(FonanaError($0, "Why.")) }
    let result = SendResult(
      cid: ClientID("c"), state: state, to: "bob", queuedAt: Timestamp(milliseconds: 0),
      reason: reason)
    #expect(SendOutcome(result, isAwaited: isAwaited).status == expected)
  }
}
