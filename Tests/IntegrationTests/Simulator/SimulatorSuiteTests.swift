import FonanaTestSupport
import Testing

extension RealBinaries {
  /// The simulator as CI runs it: in limited time, with the counts that have to be reached.
  @Suite(.enabled(if: Products.exists("fonana-sim"), "built by \"make test\""))
  struct SimulatorSuiteTests {
    private let simulator = Program(Products.path(of: "fonana-sim"))

    private func run(_ arguments: [String]) async throws {
      let result = try await simulator.run(arguments, limit: .seconds(590))
      print(result.output)
      #expect(result.status == 0, "\(result.output)\(result.errors)")
    }

    /// Together 5,000 of the one profile and 1,000 of the other.
    @Test(arguments: [
      ["--seeds", "2500"], ["--seeds", "2500", "--first", "1000001"],
      ["--seeds", "1000", "--profile", "P2"],
    ])
    func noScheduleBreaksAnInvariant(choice: [String]) async throws {
      let regressions = "\(Products.repository)/Tests/SimulatorTests/regressions.txt"
      try await run(
        ["run", "--regressions", regressions, "--time-box", "560", "--floor", choice[1]] + choice)
    }

    /// The same schedules on the daemon's own store, with the same traces and the same rows.
    /// In two halves, for machines on which one would take longer than a test may.
    @Test(arguments: ["1", "251"])
    func fiveHundredSchedulesGoTheSameWayOnTheRealStore(first: String) async throws {
      try await run(
        [
          "run", "--store", "sqlite", "--seeds", "250", "--first", first, "--time-box", "560",
          "--floor", "250",
        ])
    }

    @Test func everyFaultAndEveryEdgeIsReachedAHundredTimes() async throws {
      try await run(["coverage", "--seeds", "2800", "--floor", "100"])
    }

    /// Two processes have different seeds for their hash tables.
    @Test func twoProcessesLeaveTheSameTraces() async throws {
      let arguments = ["hashes", "--seeds", "200"]
      let first = try await simulator.run(arguments, limit: .seconds(290))
      let second = try await simulator.run(arguments, limit: .seconds(290))
      #expect(first.status == 0)
      #expect(first.output.split(separator: "\n").count == 200)
      #expect(first.output == second.output)
      print("200 double runs left the same traces")
    }
  }
}
