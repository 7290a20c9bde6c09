import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// A partner can't end the daemon, and not again after each of its restarts either.
  @Suite struct PoisonTests {
    /// As it stands on the wire.
    private static let metadata = [
      nested(100), nested(200), nested(511), nested(20_000),
      #"{"fonana":{"cid":"a"},"fonana":{"cid":"b"},"fonana":7}"#, #"{"k":"\ud800\udc00\ud800"}"#,
      #"{"k":1e999999,"l":-0.0,"m":\#(String(repeating: "9", count: 1 << 16))}"#,
      #"{"\#(String(repeating: "k", count: 1 << 16))":null}"#,
    ]

    private static func nested(_ depth: Int) -> String {
      String(repeating: #"{"a":["#, count: depth) + String(repeating: "]}", count: depth)
    }

    @Test func poisonedMessagesDoNotEndTheDaemonOverTenRestarts() async throws {
      try await withScene { scene in
        var desk = scene.desk
        desk.environment["FONANA_SYNC_MODE"] = "eager"
        try await desk.withDaemon { _ in
          try await scene.isConnected()
          for metadata in Self.metadata {
            scene.world.send(
              from: scene.bob.id, in: scene.conversation,
              MessageDraft("poison", metadata: .number(metadata)), push: true)
          }
          scene.bobWrites("still here", push: true)
          try await scene.world.wait(for: desk, toShow: Self.metadata.count + 2)
        }
        for _ in 1...10 {
          try await desk.withDaemon { running in
            try await desk.waitUntil("synced")
            let read = try await desk.json(ReadDocument.self, "read", "@bob", "--peek", "-n", "20")
            #expect(read.messages.last?.content == "still here")
            #expect(read.messages.count(where: { $0.content == "poison" }) == Self.metadata.count)
            #expect(running.ended == nil)
          }
        }
      }
    }
  }
}
