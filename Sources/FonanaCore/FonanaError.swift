/// The one error that crosses the borders of targets and processes.
package struct FonanaError: Error, Sendable, Hashable, Codable {
  /// Stable; scripts may rely on it.
  package var code: ErrorCode
  /// One sentence: what failed, with the name of the thing. Never a secret.
  package var message: String
  /// One sentence: what the user can do.
  package var hint: String?
  /// Whether the same request may succeed later without a change.
  package var retryable: Bool

  package init(_ code: ErrorCode, _ message: String, hint: String? = nil, retryable: Bool? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
    self.retryable = retryable ?? code.isUsuallyRetryable
  }
}

extension FonanaError: CustomStringConvertible {
  package var description: String { "\(code.rawValue): \(message)" }
}
