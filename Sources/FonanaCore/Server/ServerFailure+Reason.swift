extension ServerAnswer {
  /// `ok`, or the reason of the failure.
  package var outcome: String {
    switch self {
    case .success: "ok"
    case .failure(let failure): failure.reason
    }
  }

  /// As `outcome`, with statuses put together.
  package var outcomeClass: String {
    switch self {
    case .success: "ok"
    case .failure(let failure): failure.outcomeClass
    }
  }
}

extension ServerFailure {
  /// The failure as one word, for the log, the counters and the history: docs/diagnosis.md lists
  /// them. There are few of them, and they are stable.
  package var reason: String {
    if let cause { return cause.rawValue }
    switch kind {
    case .noConnection: return "unreachable"
    case .tls: return "tls"
    case .timeout: return "timeout"
    case .connectionLost: return "broken-off"
    case .status: return "http-\(status ?? 0)"
    case .badBody: return "bad-answer"
    case .tooLarge: return "too-large"
    case .cancelled: return "cancelled"
    }
  }

  /// As `reason`, with statuses put together.
  package var outcomeClass: String {
    guard kind == .status, let status else { return reason }
    switch status {
    case 401, 403: return "refused"
    case 429: return "too-many"
    case 500...: return "server-error"
    case 400...: return "client-error"
    default: return "redirect"
    }
  }
}
