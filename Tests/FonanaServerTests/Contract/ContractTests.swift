import FonanaServer
import Testing

/// The recordings of the real server, replayed against this one over real sockets.
@Suite(.timeLimit(.minutes(2)))
struct ContractTests {
  @Test(arguments: ServerGeneration.allCases)
  func everyRecordedExchangeIsReproduced(_ generation: ServerGeneration) async throws {
    let transcript = try Transcript(generation)
    #expect(transcript.exchanges.count == 55)
    #expect(transcript.sessions.count == 5)
    var configuration = ServerConfiguration(generation: generation)
    configuration.secret = "testsecret"
    try await withReferenceServer(configuration) { server in
      var replay = TranscriptReplay(server)
      for exchange in transcript.exchanges {
        let differences = try await replay.replay(exchange)
        #expect(differences == [], "\(exchange.name)")
      }
      for session in transcript.sessions {
        let differences = try await replay.replay(session)
        #expect(differences == [], "\(session.name)")
      }
      let counters = server.world.counters
      #expect(counters.socketsWithToken == 4)
      #expect(counters.socketsWithoutToken == 1)
      #expect(counters.socketsUnauthorized == 2)
    }
  }

  @Test func aRecordedTokenIsVerified() throws {
    for generation in ServerGeneration.allCases {
      let tokens = try Transcript(generation).exchanges.compactMap { $0.body["token"]?.stringValue }
      #expect(tokens.count >= 3)
      for token in tokens {
        let world = World.empty(now: { 1_795_530_500_000 })
        #expect(world.verifies(token))
        #expect(!world.verifies(token.dropLast() + (token.hasSuffix("A") ? "B" : "A")))
      }
    }
  }
}
