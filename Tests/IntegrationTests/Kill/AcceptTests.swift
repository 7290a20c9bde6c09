import FonanaTestSupport
import FoundationEssentials
import Testing

extension InjectedFaults {
  /// No descriptor is free for a new client.
  @Suite struct AcceptTests {
    @Test(arguments: [Injection.Effect.noDescriptor, .noMemory])
    func theDaemonPausesAndThenTakesTheClient(_ effect: Injection.Effect) async throws {
      try await KillBench.with(KillScenario(name: "accept", isServerAway: true)) { bench in
        try await bench.restore()
        let injection = Injection(call: "accept", effect: effect, number: 1, through: 2)
        let arguments =
          ["-ttt"]
          + Strace.arguments(
            tracing: ["accept", "accept4", "poll"], injection, report: bench.report,
            program: [bench.desk.daemon.path])
        try await Program(Strace.path, environment: bench.desk.environment)
          .withRunning(arguments) { daemon in
            let ready = try await daemon.errors.nextLine(containing: Desk.readyMark)
            try #require(ready != nil)
            #expect(await bench.socket.ask("outbox.list").isDone)
            daemon.terminate()
            #expect(try await daemon.exit(within: .seconds(60)) == .code(0))
            let log = try await daemon.errors.wholeText()
            #expect(log.split(separator: "\n").count { $0.contains("taken for a second") } == 2)
          }
        let report = String(
          decoding: try Data(contentsOf: URL(filePath: bench.report)), as: UTF8.self)
        let lines = report.split(separator: "\n")
        #expect(lines.count { $0.contains("(INJECTED)") } == 2)
        // It lets a second pass after each failure, and does not spin meanwhile.
        let instants = lines.filter { $0.contains(" accept(") }.compactMap(Self.instant)
        try #require(instants.count > 2)
        for (failed, next) in zip(instants.prefix(2), instants.dropFirst()) {
          #expect(next - failed > 0.9)
        }
        #expect(instants.count < 10)
        #expect(lines.count { $0.contains("poll(") } < 100)
      }
    }

    /// The second word of a line: seconds.
    private static func instant(_ line: Substring) -> Double? {
      line.split(separator: " ").dropFirst().first.flatMap { Double($0) }
    }
  }
}
