import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// Sends that go wrong on the way or at the server: rows of the catalogue in docs/reliability.md.
  @Suite struct SpoiltSendTests {
    @Test func lostAnswersAreLookedUp() async throws {
      try await expectOnceAndInOrder([
        .proxy(.cutAnswer(after: 0, .reset)), .proxy(.cutAnswer(after: 0, .close)),
        .proxy(.cutAnswer(after: 0, .silence)), .proxy(.cutAnswer(after: 1, .close)),
        .proxy(.cutAnswer(after: 40, .reset)), .proxy(.cutAnswer(after: 300, .close)),
        .server(.cut(afterBytes: 20), .afterCommit), .server(.cut(afterBytes: nil), .afterCommit),
      ])
    }

    @Test func requestsThatAreCutAreSentAgainOnlyWhenAbsent() async throws {
      try await expectOnceAndInOrder([
        .proxy(.reset), .proxy(.swallow), .proxy(.cutRequest(after: 1)),
        .proxy(.cutRequest(after: 100)), .proxy(.cutRequest(after: 350)),
        .server(.cut(afterBytes: nil), .beforeCommit), .server(.hang, .beforeCommit),
      ])
    }

    @Test func errorsOfTheRouteAreLookedUpOnce() async throws {
      let error = FaultAction.respond(.json(500, "Failed to send message"))
      try await expectOnceAndInOrder([
        .server(error, .beforeCommit), .server(error, .betweenSteps), .server(error, .afterCommit),
      ])
    }

    @Test func pagesOfProxiesAreNeverPermanent() async throws {
      try await expectOnceAndInOrder(
        SpoiltSend.answers([502, 503, 504, 520].map(FaultResponse.html)))
    }

    @Test func successesOfOthersAreNone() async throws {
      try await expectOnceAndInOrder(SpoiltSend.answers([.portal, .garbage]))
    }

    @Test func throttledSendsWait() async throws {
      try await expectOnceAndInOrder(
        ["1", "soon", "Tue, 24 Nov 2020 13:50:00 GMT"].map {
          .server(.respond(.tooManyRequests(retryAfter: $0)), .beforeCommit)
        })
    }

    @Test func redirectsAreNotFollowed() async throws {
      let other = try BlackHole()
      try await expectOnceAndInOrder(
        SpoiltSend.answers(
          [301, 302, 307, 308].map { .redirect($0, to: "http://127.0.0.1:\(other.port)/x") })
      ) { _ in
        #expect(other.hasBeenLeftAlone)
      }
    }

    @Test func slowAnswersEndByTheLimit() async throws {
      try await expectOnceAndInOrder([
        .proxy(.slow(bytes: 10)), .proxy(.delay(.seconds(2))),
        .proxy(.cutAnswer(after: 10, .silence)),
        .server(.delay(.seconds(2)), .afterCommit),
      ])
    }
  }
}
