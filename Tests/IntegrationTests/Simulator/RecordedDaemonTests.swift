import FonanaServer
import FonanaTestSupport
import Glibc
import Testing

extension RealBinaries {
  /// The simulator tests the daemon's own decisions: what a real one has heard and done, the core
  /// does again.
  @Suite(.enabled(if: Products.exists("fonana-sim"), "built by \"make test\""))
  struct RecordedDaemonTests {
    @Test func whatARealDaemonDidTheCoreDoesAgain() async throws {
      try await withScene(loggedIn: false) { scene in
        let record = scene.desk.home.path("record.jsonl")
        let arguments = ["--record", record, "--time-scale", "20"]
        try await scene.desk.withDaemon(arguments) { daemon in
          try await scene.desk.login(scene.alice.wallet)
          try await scene.isConnected()
          scene.bobWrites("Are you there?", push: true)
          _ = try await scene.desk.json(ReadDocument.self, "read", "@bob")
          scene.server.faults.add(
            Fault(
              "POST /api/conversations/:id/messages",
              .respond(.json(500, "Failed to send message")), when: .afterCommit))
          for text in ["one", "two"] {
            _ = try await scene.desk.fonana("send", "@bob", text, "--no-wait")
          }
          try await scene.desk.waitUntil("drained")
          scene.world.revokeTokens(of: scene.alice.id)
          _ = try await scene.desk.fonana("send", "@bob", "three")
          try await scene.aliceHasSent(3)
          try await scene.desk.kill(daemon)
        }
        try await scene.desk.withDaemon(arguments) { _ in
          _ = try await scene.desk.fonana("send", "@bob", "four")
          try await scene.aliceHasSent(4)
          try await scene.desk.waitUntil("drained")
        }
        #expect(scene.textsFromAlice == ["one", "two", "three", "four"])
        try await expectTheSameAgain(record)
        try expectNoSecret(record, in: scene)
      }
    }

    private func expectTheSameAgain(_ record: String) async throws {
      let simulator = Program(Products.path(of: "fonana-sim"))
      let result = try await simulator.run(["replay", "--trace", record])
      print(result.output.suffix(200))
      #expect(result.status == 0, "\(result.output.suffix(4000))\(result.errors)")
      #expect(result.output.contains("2 processes"))
      #expect(result.output.contains(" 0 different"))
    }

    private func expectNoSecret(_ record: String, in scene: Scene) throws {
      let text = try scene.desk.home.text(of: "record.jsonl")
      #expect(text.contains("secret-1"))
      // Every token of the server begins with this header.
      #expect(!text.contains("eyJhbGciOi"))
      var facts = stat()
      #expect(stat(record, &facts) == 0)
      #expect(facts.st_mode & 0o777 == 0o600)
    }
  }
}
