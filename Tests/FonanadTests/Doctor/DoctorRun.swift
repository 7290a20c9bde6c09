import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import SyncEngine
import Testing

@testable import fonanad

/// One doctor's findings, and what a test expects of them.
struct DoctorRun: Sendable {
  let report: DoctorReport
  let isUp: Bool

  subscript(_ link: DoctorLink) -> DoctorLine? { report.checks.first { $0.id == link.rawValue } }

  /// What the machine of the test decides, and what only one of both knows.
  private static let circumstances: Set<String> = ["desktop", "systemd", "daemon", "push"]

  /// Every link is there, in order; `link` alone is `status`, those behind it are skipped because of
  /// it, and all others are well.
  func expectOnly(
    _ link: DoctorLink?, _ status: DoctorLine.Status = .fail,
    at location: SourceLocation = #_sourceLocation
  ) {
    #expect(report.checks.map(\.id) == DoctorLink.allCases.map(\.rawValue))
    for line in report.checks where !Self.circumstances.contains(line.id) {
      let isAsMeant =
        line.id == link?.rawValue
        ? line.status == status && line.hint != nil
        : line.status == .ok || line.status == .skip
      #expect(isAsMeant, "\(isUp ? "up" : "down"): \(line)", sourceLocation: location)
      if line.status == .skip, line.detail.hasPrefix("not tried"), let link {
        #expect(line.detail.contains("“\(link.rawValue)”"), "\(line)", sourceLocation: location)
      }
    }
    for line in report.checks where line.status != .skip {
      #expect(line.tried?.isEmpty == false && !line.detail.isEmpty, "\(line)")
      #expect(line.status == .ok || line.hint?.isEmpty == false, "\(line)")
    }
    if isUp { #expect(report.ok == (status != .fail || link == nil), sourceLocation: location) }
  }

  func detail(_ link: DoctorLink) -> String { self[link]?.detail ?? "" }
}

extension TestDaemon {
  /// The daemon's findings, and those of a doctor beside it. No secret stands in either.
  func diagnose() async throws -> [DoctorRun] {
    let up = try await call(Calls.doctor, DoctorRequest(clientVersion: BuildInfo.version))
    return [DoctorRun(report: up, isUp: true), try await diagnoseWithoutDaemon()]
  }

  func diagnoseWithoutDaemon(_ change: [String: String] = [:]) async throws -> DoctorRun {
    var options = LaunchOptions()
    options.timeScale = 10
    let environment = daemon.context.launch.environment.merging(change) { $1 }
    let report = await Doctor(bench: try DoctorBench(options, environment)).run()
    let text = String(decoding: try ControlJSON.encode(report), as: UTF8.self)
    #expect(!text.contains("eyJ"), "a token stands in the report")
    return DoctorRun(report: report, isUp: false)
  }

  /// Changes what the secret file holds.
  func editCredentials(_ change: (inout StoredCredentials) -> Void) async throws {
    let file = daemon.context.credentials
    var stored = try #require(try await file.load())
    change(&stored)
    try await file.save(stored)
  }
}

/// A daemon that is logged in and connected; pop-ups are switched off.
func withPatient(
  _ options: TestDaemonOptions = .init(), _ body: @Sendable (TestDaemon) async throws -> Void
) async throws {
  var options = options
  options.environment["FONANA_NOTIFICATIONS"] = "false"
  try await withTestDaemon(options) { test in
    _ = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
    try await test.logIn()
    try await test.wait(for: .connected)
    try await body(test)
  }
}
