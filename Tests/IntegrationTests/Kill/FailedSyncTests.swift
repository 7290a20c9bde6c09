import FonanaServer
import FonanaTestSupport
import Testing

extension InjectedFaults {
  /// A sync that failed is a failure, and what SQLite has in memory is not built upon.
  @Suite struct FailedSyncTests {
    @Test func afterAFailedSyncTheDatabaseIsOpenedAnewAndSendingGoesOn() async throws {
      try await KillBench.with(KillScenario(name: "sync", letters: 3)) { bench in
        var reopened = 0
        for number in 1...6 {
          reopened += try await fail(at: number, bench) ? 1 : 0
        }
        print("measured: failed syncs after which the database was opened anew: \(reopened)")
        #expect(reopened >= 1)
      }
    }

    /// Whether the failure came while the daemon ran.
    private func fail(at number: Int, _ bench: KillBench) async throws -> Bool {
      try await bench.restore()
      let injection = Injection(call: "fdatasync", effect: .inputOutputError, number: number)
      let arguments = Strace.arguments(
        tracing: ["fdatasync"], injection, report: bench.report,
        program: [bench.desk.daemon.path, "--time-scale", KillBench.timeScale])
      return try await Program(Strace.path, environment: bench.desk.environment)
        .withRunning(arguments) { daemon in
          guard try await daemon.errors.nextLine(containing: Desk.readyMark) != nil else {
            return false
          }
          for letter in (1...3).map(Letter.init(number:)) {
            // Once more under the same id, as a command's user would.
            var reply = await bench.send(letter)
            for _ in 0..<6 where !reply.isDone { reply = await bench.send(letter) }
            #expect(reply.isDone, "\(injection): \(reply)")
          }
          _ = await bench.socket.ask("wait", #"{"for":"drained","timeoutSeconds":60}"#)
          #expect(
            bench.scene.textsFromAlice == (1...3).map { Letter(number: $0).text }, "\(injection)")
          daemon.terminate()
          #expect(try await daemon.exit(within: .seconds(60)) == .code(0))
          let log = try await daemon.errors.wholeText()
          #expect(try await bench.integrity(of: bench.store) == "ok", "\(injection)")
          return log.contains("opened anew")
        }
    }
  }
}
