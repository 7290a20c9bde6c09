import FonanaCore
import FonanaTestSupport
import Testing

@testable import FonanaAPI

/// What a call makes of a server that misbehaves.
@Suite(.timeLimit(.minutes(2)))
struct FailureTests {
  @Test func htmlFromAProxyIsAStatusWithoutARouteError() async throws {
    let failure = try await failure(of: sampleMessage) {
      $0.answer("502 Bad Gateway", "<html>bad gateway</html>", type: "text/html")
    }
    #expect(failure?.status == 502)
    #expect(failure?.kind == .status && failure?.routeError == nil && failure?.phase == .complete)
  }

  @Test func onlyTheRoutesOwnFormIsARouteError() async throws {
    for body in [#"{"error":"no","ray":"1"}"#, #"{"message":"no"}"#, #"["error"]"#, "no"] {
      let failure = try await failure(of: sampleMessage) { $0.answer("403 Forbidden", body) }
      #expect(failure?.status == 403 && failure?.routeError == nil, "\(body)")
    }
    let own = try await failure(of: sampleMessage) {
      $0.answer("403 Forbidden", #"{"error":"Access denied"}"#)
    }
    #expect(own?.routeError == "Access denied")
  }

  @Test func aRefusedConnectionIsCertainlyNotSent() async throws {
    let port = try RawServer { _ in }.port
    let failure = try await withClient("http://127.0.0.1:\(port)") {
      await $0.call(sampleMessage).failure
    }
    #expect(failure?.kind == .noConnection && failure?.phase == .nothingWritten)
  }

  @Test func aConnectionThatEndsAfterTheRequestIsLost() async throws {
    let failure = try await failure(of: sampleMessage) { $0.readHead() }
    #expect(failure?.kind == .connectionLost && failure?.phase == .partlyWritten)
  }

  @Test func aCutBodyIsLost() async throws {
    let failure = try await failure(of: sampleMessage) {
      $0.answer("200 OK", #"{"message":{"id":"#, length: 500)
    }
    #expect(failure?.kind == .connectionLost && failure?.phase == .headersRead)
  }

  @Test(arguments: [#"{"ok":true}"#, "<html>login here</html>", "", #"{"message":{"id":"m"}}"#])
  func aSuccessWithAnotherBodyIsNone(_ body: String) async throws {
    let failure = try await failure(of: sampleMessage) { $0.answer("200 OK", body) }
    #expect(failure?.kind == .badBody && failure?.status == 200)
  }

  @Test func silenceEndsByTheLimits() async throws {
    var limits = APIConfiguration.Limits()
    limits.post = .seconds(1)
    limits.idle = .seconds(1)
    for request in [sampleMessage, .listConversations] {
      let failure = try await failure(of: request, limits: limits) { $0.readToEnd() }
      #expect(failure?.kind == .timeout && failure?.phase == .partlyWritten)
    }
  }

  @Test func aStalledBodyEndsByTheLimit() async throws {
    var limits = APIConfiguration.Limits()
    limits.idle = .seconds(1)
    let failure = try await failure(of: samplePage, limits: limits) {
      $0.answer("200 OK", #"{"messages":["#, length: 100)
      $0.readToEnd()
    }
    #expect(failure?.kind == .timeout && failure?.phase == .headersRead)
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func redirectsAreNotFollowedAndTellNobodyTheToken(_ status: Int) async throws {
    let other = try RawServer { $0.readToEnd() }
    for request in [sampleMessage, .listConversations] {
      let failure = try await failure(of: request) {
        $0.answer("\(status) Moved", "", headers: ["Location: http://127.0.0.1:\(other.port)/x"])
      }
      #expect(failure?.kind == .status && failure?.status == status)
    }
    #expect(other.seen.read { $0.connections } == 0)
  }

  @Test func aClientThatFollowsRedirectsIsFound() async throws {
    let other = try RawServer { $0.answer("200 OK", "{}") }
    let server = try RawServer {
      $0.answer("307 Moved", "", headers: ["Location: http://127.0.0.1:\(other.port)/x"])
    }
    try await withClient("http://127.0.0.1:\(server.port)", followingRedirects: true) {
      _ = await $0.call(.listConversations)
    }
    #expect(other.seen.read { $0.connections } > 0)
  }

  @Test(arguments: [
    ("7", Duration.seconds(7)), ("99999999999999999999", .seconds(3600)), ("0", .zero),
    ("Tue, 24 Nov 2026 13:50:00 GMT", .seconds(10)), ("Tue, 24 Nov 2020 13:50:00 GMT", .zero),
    ("Fri, 24 Nov 2036 13:50:00 GMT", .seconds(3600)), ("soon", nil), ("-5", nil),
  ])
  func retryAfterIsSecondsOrADateAndAtMostAnHour(_ value: String, _ wait: Duration?) async throws {
    let failure = try await failure(of: sampleMessage) {
      $0.answer(
        "429 Too Many Requests", "",
        headers: ["Retry-After: \(value)", "Date: Tue, 24 Nov 2026 13:49:50 GMT"])
    }
    #expect(failure?.status == 429 && failure?.retryAfter == wait)
  }

  @Test(arguments: [
    (UserQuery.nickname("x"), "500 Internal Server Error", #"{"error":"Failed to create user"}"#),
    (.id(UserID("x")), "404 Not Found", #"{"error":"User not found"}"#),
  ])
  func unknownUsersAreNotFoundInBothGenerations(
    _ query: UserQuery, _ status: String, _ body: String
  )
    async throws
  {
    let failure = try await failure(of: .lookUpUser(query)) { $0.answer(status, body) }
    #expect(failure?.status == 404 && failure?.routeError == "User not found")
  }

  @Test func aLookUpByWalletThatFailsStaysAFailure() async throws {
    let failure = try await failure(of: .lookUpUser(.wallet("W"))) {
      $0.answer("500 Internal Server Error", #"{"error":"Failed to create user"}"#)
    }
    #expect(failure?.status == 500)
  }

  @Test func cancellingEndsTheCall() async throws {
    let server = try RawServer { $0.readToEnd() }
    try await withClient("http://127.0.0.1:\(server.port)") { client in
      let call = Task { await client.call(.listConversations) }
      try await server.seen.wait { $0.connections > 0 ? () : nil }
      call.cancel()
      #expect(await call.value.failure?.kind == .cancelled)
    }
  }

  @Test func eachMessageHasAFreshConnectionAndBothHeaders() async throws {
    let server = try RawServer { connection in
      for _ in 0..<2 { connection.answer("500 X", #"{"error":"Failed to send message"}"#) }
    }
    try await withClient("http://127.0.0.1:\(server.port)") { client in
      _ = await client.call(sampleMessage)
      _ = await client.call(sampleMessage)
    }
    let seen = server.seen.read { $0 }
    #expect(seen.connections == 2)
    #expect(seen.text.contains("Authorization: Bearer T"))
    #expect(seen.text.contains("x-user-wallet: W"))
    #expect(seen.text.contains("User-Agent: fonana/test"))
  }

  @Test func theOlderTokenRouteIsAskedWhenTheNewerOneDoesNotExist() async throws {
    let server = try RawServer { connection in
      connection.answer("404 Not Found", "<html>not found</html>", type: "text/html")
      connection.answer("200 OK", #"{"token":"t.t.t","user":{"id":"u"}}"#)
    }
    let answer = try await withClient("http://127.0.0.1:\(server.port)") {
      await $0.perform(.requestToken(wallet: "W"), wallet: "W", token: nil)
    }
    guard case .token(let grant) = answer.reply else {
      Issue.record("no token: \(answer)")
      return
    }
    withExtendedLifetime(server) {}
    #expect(grant.generation == .a && grant.token.exposed == "t.t.t" && grant.expiresAt == nil)
  }

  @Test func aWholeHistoryEndsEarlyOverTheWire() async throws {
    let server = try RawServer { connection in
      connection.answer("200 OK", #"{"messages":["#, length: 1 << 30)
      for index in 0..<100_000 {
        let date = Timestamp(milliseconds: Int64(10_000_000_000 - index * 60_000)).description
        connection.write(#"{"id":"m\#(index)","senderId":"u","createdAt":"\#(date)"},"#)
        if index > 50, connection.isClosed { return }
      }
    }
    let stopAt = MessagePosition(
      createdAt: Timestamp(milliseconds: 10_000_000_000), id: MessageID("m0"))
    let answer = try await withClient("http://127.0.0.1:\(server.port)") {
      await $0.call(.listMessages(ConversationID("c"), limit: 2, before: nil, stopAt: stopAt))
    }
    withExtendedLifetime(server) {}
    #expect(answer.reply?.page?.isCutShort == true)
    #expect(answer.reply?.page?.messages.count == 3)
  }

  private func failure(
    of request: ServerRequest, limits: APIConfiguration.Limits = .init(),
    _ script: @escaping @Sendable (RawConnection) -> Void
  ) async throws -> ServerFailure? {
    let server = try RawServer(script)
    let failure = try await withClient("http://127.0.0.1:\(server.port)", limits: limits) {
      await $0.call(request).failure
    }
    return withExtendedLifetime(server) { failure }
  }
}
