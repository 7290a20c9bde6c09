import FonanaCore
import Testing

/// A sentence promises nothing that is not done.
@Suite struct ServerFailureTests {
  private func failure(_ status: Int, retryAfter: Duration? = nil) -> ServerFailure {
    ServerFailure(.status, phase: .complete, status: status, retryAfter: retryAfter)
  }

  @Test(arguments: [429, 500, 502])
  func whoeverWaitsIsNotToldThatItIsTriedAgain(_ status: Int) {
    #expect(failure(status).asError.hint == "Nothing to do: it is tried again.")
    #expect(failure(status).asAnswer.hint == "Try again in a while.")
    #expect(failure(status).asLoginAnswer.hint == "You are not logged in. Try again in a while.")
    #expect(
      failure(status, retryAfter: .seconds(30)).asLoginAnswer.hint
        == "You are not logged in. Try again in 30 seconds.")
  }

  @Test(arguments: [401, 403])
  func aRefusedLoginIsNotToldToLogIn(_ status: Int) {
    #expect(failure(status).asAnswer.hint?.contains("Log in again") == true)
    let login = failure(status).asLoginAnswer
    #expect(login.code == .refused && login.hint?.contains("Log in again") == false)
  }

  @Test func whatTheServerDoesNotTakeIsWrongInputAndAPageOfAProxyIsNot() {
    var refused = failure(400)
    #expect(refused.asError.code == .badAnswer)
    refused.routeError = "Invalid ID format"
    #expect(refused.asError.code == .invalidInput)
  }
}
