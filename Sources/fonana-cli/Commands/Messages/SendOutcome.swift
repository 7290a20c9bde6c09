import ControlProtocol
import FonanaCore

/// What a send's answer means for the exit code.
struct SendOutcome {
  private let result: SendResult
  private let isAwaited: Bool

  init(_ result: SendResult, isAwaited: Bool) {
    self.result = result
    self.isAwaited = isAwaited
  }

  func show(_ output: Output) throws(FonanaError) -> ExitStatus {
    try output.render(result, endingAs: status)
    if let problem, !output.isJSON { output.show(problem) }
    return status
  }

  /// docs/interface.md, Exit codes.
  var status: ExitStatus {
    switch result.state {
    case .sent: .done
    case .queued: isAwaited ? .notDelivered : .done
    case .parked: isAwaited ? Self.status(ofParked: result.reason?.code) : .done
    case .cancelled: .failed
    }
  }

  private static func status(ofParked code: ErrorCode?) -> ExitStatus {
    let status = code.map { ExitStatus(for: $0) } ?? .failed
    return [.refused, .notFound, .usage].contains(status) ? status : .failed
  }

  private var problem: FonanaError? {
    switch result.state {
    case .sent: nil
    case .queued where !isAwaited: nil
    case .queued:
      FonanaError(
        .notDeliveredYet, "The message was not delivered in time; it stays queued.",
        hint: "Look at “fonana outbox show \(result.cid)”.")
    case .parked, .cancelled:
      result.reason?.error
        ?? FonanaError(
          .conflict, "The message needs a look.",
          hint: "Type “fonana outbox show \(result.cid)”.")
    }
  }
}
