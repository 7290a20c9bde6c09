import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import SyncEngine
import Testing

@testable import fonanad

/// The broken set-ups of docs/diagnosis.md, one by one and by twos: the doctor names them, with the
/// daemon up and down. (`LogDiagnosisTests` finds them in the log.)
@Suite(.timeLimit(.minutes(3))) struct BrokenSetUpTests {
  @Test func eachOfTheTwelveIsNamed() async throws {
    let names = Set(try LogDiagnosis().rows.map(\.name))
    #expect(names.isSuperset(of: BrokenSetUp.all.map(\.name)) && BrokenSetUp.all.count == 12)
    try await withBench { bench in
      for setUp in BrokenSetUp.all { try await bench.expectToBeNamed([setUp]) }
    }
  }

  @Test func ofThirtyRandomPairsTheFirstBrokenLinkIsNamed() async throws {
    let pairs = BrokenSetUp.all.indices.flatMap { first in
      BrokenSetUp.all[..<first].map { [$0, BrokenSetUp.all[first]] }
    }.filter { $0[0].parts.isDisjoint(with: $0[1].parts) }
    let seed = UInt64.random(in: 0..<100_000)
    var random = SeededRandom(seed: seed)
    let drawn = pairs.shuffled(using: &random).prefix(30)
    try await withBench { bench in
      for pair in drawn {
        try await bench.expectToBeNamed(pair, "seed \(seed)")
      }
    }
  }

  /// A home with a token that works, and its server.
  private func withBench(_ body: @Sendable (Bench) async throws -> Void) async throws {
    try await withTemporaryHome { home in
      try await withReferenceServer { server in
        _ = server.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
        let quiet = TestDaemonOptions(environment: ["FONANA_NOTIFICATIONS": "false"])
        try await withDaemon(in: home, server, quiet) { _ = try await $0.logIn() }
        try await body(try await Bench(home, server))
      }
    }
  }

  private struct Bench {
    let home: TemporaryHome
    let server: ReferenceServer
    let healthy: StoredCredentials

    init(_ home: TemporaryHome, _ server: ReferenceServer) async throws {
      (self.home, self.server) = (home, server)
      let file = CredentialFile(path: try BrokenPlace.credentials(below: home))
      healthy = try #require(try await file.load())
    }

    func expectToBeNamed(_ setUps: [BrokenSetUp], _ note: String = "") async throws {
      var place = BrokenPlace(home: home, server: server, credentials: healthy)
      for setUp in setUps { try await setUp.make(&place) }
      // Last, since other set-ups move the token along to another server.
      if place.isOfAnotherServer { place.credentials.origin = "https://elsewhere.example" }
      for run in try await diagnose(place) {
        let what = "\(run.isUp ? "up" : "down"): \(setUps.map(\.name)) \(note)"
        let broken = setUps.filter { $0.status == .fail }.min {
          $0.link.position < $1.link.position
        }
        #expect(run.report.firstFailure?.id == broken?.link.rawValue, "\(what)")
        // What lies behind the first broken link is not looked at, or looks otherwise.
        let reach = broken?.link.position ?? DoctorLink.allCases.count
        for setUp in setUps where setUp.link.position <= reach {
          let line = run[setUp.link]
          #expect(setUp.isNamed(by: line), "\(what): \(line.map { "\($0)" } ?? "no line")")
        }
      }
      for cleanUp in place.cleanUps { try await cleanUp() }
      server.faults.removeAll()
      server.sockets.upgradeFault = nil
    }

    private func diagnose(_ place: BrokenPlace) async throws -> [DoctorRun] {
      let file = CredentialFile(path: try BrokenPlace.credentials(below: home))
      try await file.save(place.credentials)
      let runs = Monitor<[DoctorRun]>([])
      try await withDaemon(in: home, server, place.options) { test in
        _ = try await test.call(Calls.status, NoParameters())
        if let later = place.laterCredentials { try await file.save(later) }
        let up = try await test.call(Calls.doctor, DoctorRequest())
        runs.change { $0.append(DoctorRun(report: up, isUp: true)) }
      }
      let environment = [
        "FONANA_HOME": home.path, "FONANA_SERVER": "http://127.0.0.1:\(server.httpPort)",
        "FONANA_WEBSOCKET": "ws://127.0.0.1:\(server.webSocketPort)/ws",
      ].merging(place.environment) { $1 }
      let down = await Doctor(bench: try DoctorBench(LaunchOptions(), environment)).run()
      return runs.read { $0 } + [DoctorRun(report: down, isUp: false)]
    }
  }
}
