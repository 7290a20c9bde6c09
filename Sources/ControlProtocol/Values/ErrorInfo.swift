package import FonanaCore

/// A `FonanaError` as clients see it: every key is there.
package struct ErrorInfo: Codable, Sendable, Hashable {
  package var code: ErrorCode
  package var message: String
  @Nullable package var hint: String?
  package var retryable: Bool

  package init(code: ErrorCode, message: String, hint: String? = nil, retryable: Bool) {
    self.code = code
    self.message = message
    self.hint = hint
    self.retryable = retryable
  }
}

extension ErrorInfo {
  package init(_ error: FonanaError) {
    self.init(
      code: error.code, message: error.message, hint: error.hint, retryable: error.retryable)
  }

  package var error: FonanaError {
    FonanaError(code, message, hint: hint, retryable: retryable)
  }
}
