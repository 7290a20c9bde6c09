import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Testing

extension RealBinaries {
  /// `fonana logs` and `fonana daemon log-level`.
  @Suite struct LogsTests {
    private static var form: Regex<(Substring, Substring)> {
      #/20\d\d-\d\d-\d\dT[0-9:.]+Z (trace|debug|info|notice|warning|error) \[[a-z]+\] .+/#
    }

    @Test func everyLineHasOneFormAndCategoriesAndTimesSelect() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("connected")
          let all = try await lines(scene.desk, "logs", "-n", "1000")
          #expect(!all.isEmpty)
          for line in all { #expect(line.wholeMatch(of: Self.form) != nil, "\(line)") }
          let jwt = try await lines(scene.desk, "logs", "--category", "jwt")
          #expect(!jwt.isEmpty && jwt.allSatisfy { $0.contains("[jwt]") })
          #expect(jwt.contains { $0.contains("[jwt] tokenLoaded expires 20") })
          #expect(try await lines(scene.desk, "logs", "--since", "2h", "-n", "2").count == 2)
          #expect(try await lines(scene.desk, "logs", "--since", "2099-01-01").isEmpty)
        }
        let wrong = try await scene.desk.fonana("logs", "--category", "jtw")
        #expect(wrong.status == 64 && wrong.errors.contains("websocket"))
      }
    }

    @Test func theLevelChangesWhileTheDaemonRunsAndFollowShowsIt() async throws {
      try await withScene { scene in
        var desk = scene.desk
        desk.environment["FONANA_LOG_LEVEL"] = nil
        try await desk.withDaemon { _ in
          try await desk.waitUntil("connected")
          try await desk.command.withRunning(["logs", "-f", "--json"]) { logs in
            let level = try await desk.fonana("daemon", "log-level", "debug")
            #expect(level.status == 0)
            let line = try #require(
              try await logs.output.nextLine(containing: #""level":"debug""#), "\(logs.errors.text)"
            )
            let document = try JSONDecoder().decode(LogDocument.self, from: Data(line.utf8))
            #expect(document.schema == 1 && document.at.hasSuffix("Z"))
          }
        }
      }
    }

    @Test func whatACommandHasStartedLogsIntoTheFileThatIsTurnedOverOnly() async throws {
      try await withScene { scene in
        let desk = scene.desk
        let start = try await desk.fonana("daemon", "start")
        try #require(start.status == 0, "\(start)")
        _ = try await desk.status()
        let before = try texts(desk)
        #expect(before.start.contains("The daemon runs."))
        try await desk.waitUntil("connected")
        let stop = try await desk.fonana("daemon", "stop")
        #expect(stop.status == 0, "\(stop)")
        let after = try texts(desk)
        #expect(after.start == before.start)
        #expect(after.log.contains("The daemon ends.") && after.log.hasPrefix(before.log))
      }
    }

    private func texts(_ desk: Desk) throws -> (start: String, log: String) {
      let folder = "f/state/default"
      return (
        try desk.home.text(of: folder + "/start.log"),
        try desk.home.text(of: folder + "/fonanad.log")
      )
    }

    private func lines(_ desk: Desk, _ arguments: String...) async throws -> [Substring] {
      let result = try await desk.command.run(arguments)
      try #require(result.status == 0, "\(result)")
      return result.output.split(separator: "\n")
    }
  }
}

private struct LogDocument: Decodable {
  let schema: Int
  let at: String
  let level: String
  let category: String
  let stage: String?
  let message: String
  let fields: [String: String]
}
