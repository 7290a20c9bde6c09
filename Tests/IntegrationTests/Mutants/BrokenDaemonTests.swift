import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// The tests with real processes can fail: a daemon with a deliberate defect is caught by a check
  /// that a healthy one passes.
  @Suite struct BrokenDaemonTests {
    private func finding(_ check: EndToEndCheck, _ arguments: [String]) async throws -> String? {
      let found = Found()
      try await withScene(checksOutbox: false) { scene in
        try await scene.desk.withDaemon(["--time-scale", "20"] + arguments) { _ in
          found.set(try await check.finding(in: scene))
        }
      }
      return found.value
    }

    @Test(arguments: EndToEndCheck.allCases)
    func aMutantIsCaughtByACheckThatAHealthyDaemonPasses(check: EndToEndCheck) async throws {
      #expect(try await finding(check, []) == nil, "\(check.rawValue)")
      let caught = try await finding(check, ["--mutant", check.mutant])
      #expect(caught != nil, "\(check.mutant) survived \(check.rawValue)")
      print("\(check.mutant): \(caught ?? "survived")")
    }

    @Test func aMutantIsOnlyForAServerOnThisMachine() async throws {
      try await withTemporaryHome { home in
        let desk = Desk(home, server: "https://fonana.example")
        let result = try await desk.daemon.run(["--mutant", "no-reconcile"])
        #expect(result.status == 64)
        #expect(result.errors.contains("--mutant is only for a server on this machine"))
      }
    }
  }
}
