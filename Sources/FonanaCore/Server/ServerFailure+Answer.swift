extension ServerFailure {
  /// The sentence for a person who waits for this one call: nobody tries it again for them.
  package var asAnswer: FonanaError {
    var error = asError
    if case .status = kind, error.retryable { error.hint = "Try again\(moment)." }
    return error
  }

  /// As `asAnswer`, for who is logging in: another login is no remedy.
  package var asLoginAnswer: FonanaError {
    var error = asAnswer
    switch (kind, status) {
    case (.status, 401), (.status, 403):
      error.hint = "Check the wallet; a server that wants a proof takes “fonana login --keypair”."
    case (.status, _) where error.retryable:
      error.hint = "You are not logged in. Try again\(moment)."
    default: break
    }
    return error
  }

  private var moment: String {
    guard let seconds = retryAfter?.components.seconds, seconds > 0 else { return " in a while" }
    return " in " + DisplayText.count(Int(seconds), "second")
  }
}
