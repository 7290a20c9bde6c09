import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import Glibc
import SyncEngine
import Testing

@testable import fonanad

/// Two faults at once: the first link in the order of the chain is named. And none: no alarm.
@Suite(.timeLimit(.minutes(3))) struct DoctorPairTests {
  @Test func ofEveryPairOfFaultsTheFirstLinkIsNamed() async throws {
    try await withPlace { place in
      for (index, first) in DoctorFault.all.enumerated() {
        for second in DoctorFault.all[(index + 1)...] where first.place != second.place {
          let faults = [first, second]
          for fault in faults { try await fault.strike(place) }
          let report = try await place.diagnose()
          let expected = [first.link, second.link].min { $0.position < $1.position }
          #expect(
            report.firstFailure?.id == expected?.rawValue,
            "\(first.link) and \(second.link): \(report.firstFailure.map { "\($0)" } ?? "nothing")")
          #expect(report.firstFailure?.hint != nil)
          try await place.heal()
        }
      }
      #expect(try await place.diagnose().ok, "all is healed")
    }
  }

  @Test func aHundredHealthyRunsRaiseNoAlarm() async throws {
    try await withPlace { place in
      for _ in 0..<100 {
        let report = try await place.diagnose()
        let bad = report.checks.filter { $0.status == .fail || $0.status == .warn }
        #expect(bad.map(\.id) == ["daemon"], "it does not run here")
      }
    }
  }

  /// A home with a token, a server, and no daemon that could change either.
  private func withPlace(_ body: @Sendable (DoctorPlace) async throws -> Void) async throws {
    try await withTemporaryHome { home in
      try await withReferenceServer(ServerConfiguration()) { server in
        _ = server.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
        try await withDaemon(in: home, server) { test in
          try await test.logIn()
          try await test.wait(for: .connected)
        }
        try await body(try await DoctorPlace(home, server))
      }
    }
  }
}

/// Where a doctor without a daemon looks.
struct DoctorPlace: Sendable {
  let home: TemporaryHome
  let server: ReferenceServer
  let environment: [String: String]
  let credentials: CredentialFile
  private let healthy: StoredCredentials

  init(_ home: TemporaryHome, _ server: ReferenceServer) async throws {
    self.home = home
    self.server = server
    environment = [
      "FONANA_HOME": home.path, "FONANA_SERVER": "http://127.0.0.1:\(server.httpPort)",
      "FONANA_WEBSOCKET": "ws://127.0.0.1:\(server.webSocketPort)/ws",
      "FONANA_NOTIFICATIONS": "false",
    ]
    credentials = CredentialFile(path: try ProfilePaths(environment: environment).credentials)
    healthy = try #require(try await credentials.load())
  }

  func diagnose() async throws -> DoctorReport {
    await Doctor(bench: try DoctorBench(LaunchOptions(), environment)).run()
  }

  func edit(_ change: (inout StoredCredentials) -> Void) async throws {
    var stored = healthy
    change(&stored)
    try await credentials.save(stored)
  }

  func heal() async throws {
    server.faults.removeAll()
    server.sockets.upgradeFault = nil
    try home.write("", to: "config.toml")
    try await credentials.save(healthy)
  }
}

/// Something that breaks one link.
struct DoctorFault: Sendable {
  let link: DoctorLink
  /// Two faults of one place can't be there at once.
  let place: String
  let strike: @Sendable (DoctorPlace) async throws -> Void

  static let all: [DoctorFault] = [
    DoctorFault(link: .configuration, place: "configuration") {
      try $0.home.write("sevrer = 1\n", to: "config.toml")
    },
    DoctorFault(link: .account, place: "secret") { try await $0.edit { $0.wallet = "nonsense" } },
    route(.http, "GET /api/auth/wallet", .html(502)) { !$0.hasBearer },
    route(.token, "POST /api/auth/token", .json(500, "Database error")),
    DoctorFault(link: .claims, place: "secret") {
      try await $0.edit { $0.token = Redacted(Self.tokenOfAnother) }
    },
    route(.verify, "GET /api/auth/wallet", .json(401, "Invalid token")) { $0.hasBearer },
    route(.conversationsRoute, "GET /api/conversations", .json(401, "Invalid token")),
    route(.notificationsRoute, "GET /api/user/notifications", .garbage),
    route(.userRoute, "GET /api/user", .portal),
    DoctorFault(link: .socketQuery, place: "upgrade") {
      $0.server.sockets.upgradeFault = .status(503)
    },
    DoctorFault(link: .connected, place: "upgrade") {
      $0.server.sockets.upgradeFault = .closeAfterUpgrade(code: 1011, reason: "")
    },
  ]

  /// `{"userId":"another"}` as claims.
  private static let tokenOfAnother = "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VySWQiOiJhbm90aGVyIn0.c2ln"

  private static func route(
    _ link: DoctorLink, _ route: String, _ answer: FaultResponse,
    matches: (@Sendable (RequestRecord) -> Bool)? = nil
  ) -> DoctorFault {
    DoctorFault(link: link, place: link.rawValue) { place in
      place.server.faults.add(Fault(route, .respond(answer), count: nil, matches: matches))
    }
  }
}

extension DoctorLink {
  var position: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
