/// What went wrong, as a stable text. A text that this version does not know is kept as it is.
package struct ErrorCode: RawRepresentable, Hashable, Sendable, Codable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  private init(_ rawValue: String) { self.rawValue = rawValue }

  /// Wrong usage or content: empty, too long, U+0000, not a wallet.
  package static let invalidInput = ErrorCode("invalid_input")
  /// No such conversation, message, user or outbox item.
  package static let notFound = ErrorCode("not_found")
  /// A name fits several.
  package static let ambiguous = ErrorCode("ambiguous")
  /// The daemon can't be reached or started.
  package static let daemonUnavailable = ErrorCode("daemon_unavailable")
  /// The server can't be reached.
  package static let serverUnreachable = ErrorCode("server_unreachable")
  /// A defect of our own.
  package static let internalDefect = ErrorCode("internal")
  /// The store can't be written: disk full, read-only.
  package static let storeUnwritable = ErrorCode("store_unwritable")
  /// The store is damaged: it is neither used nor thrown away.
  package static let storeDamaged = ErrorCode("store_damaged")
  /// Accepted and queued, but not delivered within the time asked for.
  package static let notDeliveredYet = ErrorCode("not_delivered_yet")
  /// The server's answer made no sense.
  package static let badAnswer = ErrorCode("bad_answer")
  /// Nobody is logged in.
  package static let notLoggedIn = ErrorCode("not_logged_in")
  /// The server refused.
  package static let refused = ErrorCode("refused")
  /// Another account, or another server, than this profile's.
  package static let wrongAccount = ErrorCode("wrong_account")
  /// The configuration is wrong.
  package static let badConfiguration = ErrorCode("bad_configuration")
  /// Whether the server has the message can't be found out.
  package static let ambiguousDelivery = ErrorCode("ambiguous_delivery")
  /// The thing is not in a state that allows this.
  package static let conflict = ErrorCode("conflict")
  /// The other has written since, and the message was to be sent only if not.
  package static let replied = ErrorCode("replied")
  /// Something did not happen in time.
  package static let timeout = ErrorCode("timeout")
  /// The subscriber was too slow, or the cursor is older than what is kept.
  package static let cursorExpired = ErrorCode("cursor_expired")

  var isUsuallyRetryable: Bool {
    [.daemonUnavailable, .serverUnreachable, .storeUnwritable, .notDeliveredYet, .timeout]
      .contains(self)
  }
}
