/// The exit codes of `fonana` (docs/interface.md).
package enum ExitStatus: Int32, Sendable, CaseIterable {
  case done = 0
  case failed = 1
  case usage = 64
  case notFound = 66
  case daemonUnavailable = 69
  case internalDefect = 70
  case storeUnwritable = 74
  case notDelivered = 75
  case badAnswer = 76
  case refused = 77
  case badConfiguration = 78
  case interrupted = 130

  /// The one table from error code to exit code.
  package init(for code: ErrorCode) {
    switch code {
    case .invalidInput: self = .usage
    case .notFound, .ambiguous: self = .notFound
    case .daemonUnavailable: self = .daemonUnavailable
    case .internalDefect: self = .internalDefect
    case .storeUnwritable, .storeDamaged: self = .storeUnwritable
    case .notDeliveredYet: self = .notDelivered
    case .badAnswer: self = .badAnswer
    case .notLoggedIn, .refused, .wrongAccount: self = .refused
    case .badConfiguration: self = .badConfiguration
    default: self = .failed
    }
  }
}
