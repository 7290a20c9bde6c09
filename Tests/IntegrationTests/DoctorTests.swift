import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

extension RealBinaries {
  /// `fonana doctor` with the daemon up and down, behind a real nginx.
  @Suite(.enabled(if: Nginx.path != nil, "nginx is fetched by \"make deps\""))
  struct DoctorTests {
    @Test func withoutADaemonTheSameIsFoundAndNothingIsWritten() async throws {
      try await withScene { scene in
        let store = scene.desk.store
        let before = try Data(contentsOf: URL(filePath: store))
        let down = try await diagnose(scene.desk)
        #expect(down.ok && down.warnings == ["daemon"], "\(down)")
        #expect(try Data(contentsOf: URL(filePath: store)) == before)
        #expect(!FileManager.default.fileExists(atPath: store + "-wal"))
        try await scene.desk.withDaemon { _ in
          let up = try await diagnose(scene.desk)
          #expect(up.ok && up.warnings.isEmpty)
          #expect(up.checks.map(\.id) == down.checks.map(\.id))
          let text = try await scene.desk.fonana("doctor")
          #expect(text.status == 0 && text.output.contains("No link is broken"))
          #expect(text.output.contains("ok    websocket "))
        }
      }
    }

    @Test func aServerThatIsGoneIsExitOneAndTheFirstBrokenLinkIsSaid() async throws {
      try await withScene { scene in
        let desk = Desk(scene.desk.home, server: "http://127.0.0.1:9")
        let result = try await desk.fonana("doctor", "--offline")
        #expect(result.status == 1, "the token is of another server")
        #expect(result.output.contains("The first broken link: Account and wallet (account)."))
      }
    }

    @Test(arguments: [
      ("localhost", -1, "expired"), ("elsewhere.example", 2, "not for “localhost”"),
    ])
    func aBadCertificateIsNamed(_ name: String, _ days: Int, _ sign: String) async throws {
      try await withProxy(name: name, days: days) { _, desk in
        let report = try await diagnose(desk)
        #expect(report["tls"]?.status == "fail")
        #expect(report["tls"]?.detail.contains(sign) == true, "\(report)")
        #expect(report["tls"]?.detail.contains("fonana test CA") == true)
        #expect(report["http"]?.detail == "not tried: “tls” is broken")
      }
    }

    @Test func anUnknownAuthorityIsNamed() async throws {
      try await withProxy { _, desk in
        try desk.home.write("", to: "f/config.toml")
        let report = try await diagnose(desk)
        #expect(report["tls"]?.detail.contains("nobody who is trusted") == true, "\(report)")
        #expect(report["tls"]?.hint?.contains("ca_file") == true)
      }
    }

    @Test func aCertificateThatEndsSoonIsToldInTime() async throws {
      try await withProxy(days: 2) { scene, desk in
        try await desk.withDaemon { _ in
          try await desk.login(scene.alice.wallet)
          let report = try await diagnose(desk)
          #expect(report.ok && report["tls"]?.detail.hasPrefix("it expires soon") == true)
        }
      }
    }

    @Test(arguments: Nginx.TokenLoss.allCases)
    func whatAProxyDropsIsNamedWithTheBlockThatMendsIt(_ loss: Nginx.TokenLoss) async throws {
      try await withProxy(days: 30, losing: loss) { scene, desk in
        try await desk.withDaemon { _ in
          try await desk.login(scene.alice.wallet)
          if loss != .both { try await desk.waitUntil("connected") }
          let up = try await diagnose(desk)
          expect(up, loss)
        }
        let down = try await diagnose(desk)
        expect(down, loss)
        #expect(down["tls"]?.status == "ok")
        #expect(down["tls"]?.detail.contains("by “fonana test CA”") == true)
      }
    }

    /// As `LogDiagnosisTests`, with what only a real proxy shows.
    @Test(arguments: [
      ("expired certificate", -1, Nginx.TokenLoss.nothing), ("both dropped", 30, .both),
      ("query dropped", 30, .query),
    ])
    func theLogAloneTellsWhatIsBroken(
      _ name: String, _ days: Int, _ loss: Nginx.TokenLoss
    ) async throws {
      try await withProxy(days: days, losing: loss) { scene, desk in
        let table = try LogDiagnosis()
        let log = desk.home.path("f/state/default/fonanad.log")
        try await desk.withDaemon { daemon in
          let login = try await desk.fonana(
            "login", "--wallet", scene.alice.wallet, "--no-input")
          #expect((login.status == 0) == (days > 0))
          if loss == .both {
            #expect(try await daemon.errors.nextLine(containing: "socketTokenLost") != nil)
          }
          if loss == .query {
            try await desk.waitUntil("connected")
            #expect(table.row(ofLogAt: log) == nil, "nothing is broken yet")
            _ = try await diagnose(desk)
          }
        }
        #expect(table.row(ofLogAt: log)?.name == name)
      }
    }

    private func expect(_ report: DoctorDocument, _ loss: Nginx.TokenLoss) {
      let lost: [Nginx.TokenLoss: [String]] = [
        .query: ["websocket.query"], .header: ["websocket.header"],
        .both: ["websocket.query", "websocket.header"],
      ]
      #expect(report.warnings.filter { $0 != "daemon" } == lost[loss] ?? [], "\(report)")
      #expect(report.failures == (loss == .both ? ["websocket"] : []), "\(report)")
      for id in report.warnings + report.failures where id.hasPrefix("websocket") {
        #expect(report[id]?.hint?.contains("proxy_pass http://127.0.0.1:3002$request_uri") == true)
      }
    }

    /// It would wait ten seconds for a certificate; a daemon that is told to stop has five.
    @Test func aDoctorThatWaitsIsInTheWayOfNoStop() async throws {
      try await withScene(loggedIn: false) { scene in
        let silent = try BlackHole()
        let desk = Desk(scene.desk.home, server: "https://127.0.0.1:\(silent.port)")
        try await desk.withDaemon { daemon in
          try await desk.command.withRunning(["doctor"]) { doctor in
            let line = try await doctor.output.nextLine(containing: "tcp")
            #expect(line?.contains("connected") == true)
            daemon.terminate()
            #expect(try await daemon.exit(within: .seconds(60)) == .code(0))
            #expect(try await doctor.exit(within: .seconds(60)) == .code(69))
          }
        }
      }
    }

    private func diagnose(_ desk: Desk) async throws -> DoctorDocument {
      let result = try await desk.fonana("doctor", "--json")
      let report = try JSONDecoder().decode(DoctorDocument.self, from: Data(result.output.utf8))
      #expect(result.status == (report.ok ? 0 : 1) && report.schema == 1)
      #expect(!result.output.contains("eyJ"), "a token stands in it")
      return report
    }

    private func withProxy(
      name: String = "localhost", days: Int = 2, losing loss: Nginx.TokenLoss = .nothing,
      _ body: @escaping @Sendable (Scene, Desk) async throws -> Void
    ) async throws {
      try await withScene(loggedIn: false) { scene in
        try await withTemporaryHome { folder in
          let authority = try await CertificateAuthority(in: folder)
          let identity = try await authority.identity(for: name, days: days)
          try await Nginx.withProxy(
            to: scene.server, as: identity, in: folder, losing: loss
          ) { port in
            let desk = Desk(scene.desk.home, server: "https://localhost:\(port)")
            try desk.home.write("ca_file = \"\(authority.certificate)\"\n", to: "f/config.toml")
            try await body(scene, desk)
          }
        }
      }
    }
  }
}
