import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// With the server gone, everything that was there before is still there, as quickly.
  @Suite(.serialized) struct LocalFirstTests {
    enum Outage: CaseIterable {
      /// Connections are refused.
      case dead
      /// Connections are accepted and never answered.
      case blackHole
    }

    static let readingCommands = [
      ["whoami"], ["inbox"], ["read", "@bob"], ["outbox"], ["notifications"], ["status"],
      ["--version"],
    ]

    @Test(arguments: Outage.allCases)
    func readingCommandsAnswerFromDisk(_ outage: Outage) async throws {
      try await withScene { scene in
        let message = scene.bobWrites("before the outage")
        let commands = Self.readingCommands + [["show", message.id]]
        let online = try await scene.desk.withDaemon { _ in
          try await scene.isConnected()
          _ = try await scene.desk.json(ReadDocument.self, "read", "@bob")
          return try await shortest(of: commands, at: scene.desk)
        }

        try await scene.server.stopListening()
        let hole =
          outage == .blackHole ? try BlackHole(port: scene.server.httpPort) : nil
        let desk = scene.desk
        let offline = try await desk.withDaemon { _ in
          let read = try await desk.json(ReadDocument.self, "read", "@bob")
          #expect(read.messages.compactMap(\.content).contains("before the outage"))
          #expect(["stale", "starting"].contains(read.freshness.source))
          #expect(read.freshness.lastPullAt != nil)
          let telling = [
            ["whoami"], ["inbox"], ["read", "@bob"], ["show", message.id], ["outbox"],
            ["notifications"],
          ]
          for command in telling {
            let said = try await desk.run(command)
            #expect(said.errors.contains("; as of "), "\(command): \(said)")
          }
          return try await shortest(of: commands, at: desk)
        }
        withExtendedLifetime(hole) { compare(online, offline) }
      }
    }

    /// In its first second a daemon does not know yet that nobody will answer.
    @Test func aDaemonThatHasJustStartedInABlackHoleKeepsNobodyWaiting() async throws {
      try await withScene { scene in
        try await scene.server.stopListening()
        let hole = try BlackHole(port: scene.server.httpPort)
        let desk = scene.desk
        var sources: [String] = []
        // On a loaded machine the second may be over before the command has begun.
        while sources.count < 5, sources.last != "starting" {
          sources.append(
            try await desk.withDaemon { _ in
              _ = try await desk.fonana("inbox")
              _ = try await desk.fonana("notifications")
              return try await desk.json(ReadDocument.self, "read", "@bob").freshness.source
            })
        }
        withExtendedLifetime(hole) { #expect(sources.last == "starting", "\(sources)") }
      }
    }

    @Test(arguments: ["inbox", "read", "notifications"])
    func aCommandThatStartsTheDaemonShowsWhatIsNew(_ command: String) async throws {
      try await withScene { scene in
        scene.bobWrites("while nothing ran")
        var desk = scene.desk
        desk.environment["FONANA_NO_AUTOSTART"] = nil
        let shown = try await desk.fonana(command)
        #expect(shown.output.contains("while nothing ran"), "\(shown)")
        #expect(!shown.errors.contains("as of"), "\(shown)")
        _ = try await desk.fonana("daemon", "stop")
      }
    }
  }
}
