import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Testing

extension RealBinaries {
  /// What stands in `examples/`, as it is.
  @Suite struct ExampleHookTests {
    private struct Archived: Decodable {
      struct Message: Decodable {
        var content: String?
        var isOwn: Bool
      }
      var event: String
      var data: Message
    }

    private static var examples: String {
      "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/examples"
    }

    /// A hook finds “fonana” as a shell does.
    private func desk(_ scene: Scene) throws -> Desk {
      var desk = scene.desk
      let folder = Products.path(of: "fonana").split(separator: "/").dropLast()
      let bin = desk.home.path("bin")
      try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: "\(bin)/fonana",
        withDestinationPath: "/\(folder.joined(separator: "/"))/fonana")
      desk.environment["PATH"] = "\(bin):/usr/local/bin:/usr/bin:/bin"
      return desk
    }

    private func waitUntilIdle(_ desk: Desk) async throws {
      while true {
        let hooks = try await desk.json(HooksDocument.self, "hooks").hooks
        let failed = hooks.first { $0.failures > 0 }
        try #require(failed == nil, "\(failed?.reason ?? "")")
        if hooks.allSatisfy({ $0.waiting == 0 && $0.state == "idle" }) { return }
      }
    }

    @Test func theArchiveKeepsWhatIsReceivedAndSent() async throws {
      try await withScene { scene in
        let desk = try desk(scene)
        let archive = desk.home.path("archive")
        try desk.home.write(
          """
          [[hook]]
          name = "archive"
          command = ["\(Self.examples)/archive.sh", "\(archive)"]
          events = ["message.received", "message.sent"]
          full = true
          """, to: "f/config.toml")
        try await desk.withDaemon { _ in
          try await desk.waitUntil("connected")
          try await desk.withWatch { watch in
            scene.bobWrites("from bob")
            _ = try await desk.nextMessage(on: watch)
          }
          let sent = try await desk.fonana("send", "@bob", "from alice", "--wait")
          try #require(sent.status == 0)
          try await waitUntilIdle(desk)
        }
        let kept = try archived(in: archive)
        #expect(kept.map(\.data.content) == ["from bob", "from alice"])
        #expect(kept.map(\.data.isOwn) == [false, true])
      }
    }

    /// In the order of their times.
    private func archived(in folder: String) throws -> [Archived] {
      let files = try FileManager.default.subpathsOfDirectory(atPath: "\(folder)/default")
      return try files.filter { $0.hasSuffix(".json") }.sorted().map { name in
        let text = try TemporaryHome.text(at: "\(folder)/default/\(name)")
        return try JSONDecoder().decode(Archived.self, from: Data(text.utf8))
      }
    }

    @Test func theAwayReplyAnswersOnceADay() async throws {
      try await withScene { scene in
        let desk = try desk(scene)
        try desk.home.write(
          """
          [[hook]]
          name = "away"
          command = ["\(Self.examples)/away-reply.sh", "I am away; back on Monday."]
          """, to: "f/config.toml")
        try await desk.withDaemon { _ in
          try await desk.waitUntil("connected")
          scene.bobWrites("Are you there?")
          try await scene.aliceHasSent(1)
          try await desk.withWatch { watch in
            scene.bobWrites("And now?")
            _ = try await desk.nextMessage(on: watch)
          }
          try await waitUntilIdle(desk)
          try await desk.waitUntil("drained")
          #expect(scene.textsFromAlice == ["I am away; back on Monday."])
        }
      }
    }

    @Test func aTeamsQueueGetsEveryEventOnceAndWhatItAnswersIsSentOnce() async throws {
      try await withScene { scene in
        let desk = try desk(scene)
        let redis = try Redis(in: desk.home)
        try desk.home.write(
          """
          [[hook]]
          name = "redis"
          command = ["\(Self.examples)/redis-events.sh", "-s", "\(redis.socket)"]
          events = ["message.received"]
          """, to: "f/config.toml")
        try await redis.withServer {
          try await desk.withDaemon { _ in
            try await desk.waitUntil("connected")
            for number in 1...3 { scene.bobWrites("order \(number)") }
            try await redis.waitUntil("XLEN", "fonana:default:events", is: "3")

            let cid = "0b0b5d3e-0000-4000-8000-000000000001"
            for text in ["\(cid) @bob On its way", "\(cid) @bob On its way", "- @nobody x"] {
              _ = try await redis.cli("LPUSH", "fonana:default:sends", text)
            }
            let worker = Program(
              "\(Self.examples)/redis-sends.sh", environment: desk.environment)
            try await worker.withRunning(["default", "-s", redis.socket]) { _ in
              try await scene.aliceHasSent(1)
              try await redis.waitUntil("LLEN", "fonana:default:sends:failed", is: "1")
            }
            try await desk.waitUntil("drained")
            #expect(scene.textsFromAlice == ["On its way"])
          }
          // A second daemon, and with it the hook, begins where the first has ended.
          try await desk.withDaemon { _ in
            try await desk.waitUntil("connected")
            scene.bobWrites("order 4")
            try await redis.waitUntil("XLEN", "fonana:default:events", is: "4")
          }
        }
      }
    }
  }
}
