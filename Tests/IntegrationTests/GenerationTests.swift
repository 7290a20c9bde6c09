import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  @Suite struct GenerationTests {
    @Test(arguments: ServerGeneration.allCases)
    func worksWithoutASetting(_ generation: ServerGeneration) async throws {
      try await withScene(ServerConfiguration(generation: generation)) { scene in
        let texts = (1...60).map { "message \($0)" }
        for text in texts { scene.bobWrites(text, push: false) }
        try await scene.desk.withDaemon { _ in
          try await scene.isConnected()
          try await scene.desk.pullAll("@bob")
          let read = try await scene.desk.json(ReadDocument.self, "read", "@bob", "-n", "100")
          #expect(read.messages.compactMap(\.content) == ["Hello Alice"] + texts)
          let sent = try await scene.desk.json(
            SendDocument.self, "send", "@bob", "got them", "--wait")
          #expect(sent.state == "sent")
          let account = try await scene.desk.json(AccountDocument.self, "whoami")
          #expect(account.generation == generation.rawValue)
        }
      }
    }
  }
}
