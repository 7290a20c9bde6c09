import ControlProtocol
import FonanaCore
import Logging
import SyncEngine

/// Tries every link of the chain in order. A link that failed marks those behind it `skip`.
///
/// The checks are the same in the daemon and without one; only where they look differs
/// (`DoctorBench`).
struct Doctor: Sendable {
  /// The daemon's own WebSocket comes back after this time, whatever happens to the doctor.
  private static let socketPause = Duration.seconds(120)

  static let checks: [any DoctorCheck] = [
    ConfigurationCheck(), FilesCheck(), StoreCheck(), AccountCheck(), ProxyCheck(), NameCheck(),
    ConnectionCheck(), CertificateCheck(), APICheck(), ClockCheck(), VersionCheck(), TokenCheck(),
    ClaimsCheck(), VerifyCheck(), RouteCheck.conversations, RouteCheck.notifications,
    RouteCheck.user, UntriedRoute.messages, UntriedRoute.send, UntriedRoute.upload,
    SocketTokenCheck.query, SocketTokenCheck.header, SocketCheck(), GreetingCheck(),
    SubscriptionCheck(), PingCheck(), PushCheck(), DesktopCheck(), HooksCheck(),
    SystemdCheck(), DaemonCheck(),
  ]

  let bench: DoctorBench
  /// nil: all of them.
  var links: Set<DoctorLink>?
  /// Called for each link when it has been tried.
  var onLine: @Sendable (DoctorLine) -> Void = { _ in }

  /// Cancelled, it ends with what it has found.
  func run() async -> DoctorReport {
    var facts = DoctorFacts()
    var lines: [DoctorLine] = []
    /// Links that can't be relied on, with the one that is to blame.
    var broken: [DoctorLink: DoctorLink] = [:]
    var isPaused = false
    for check in Self.checks where links?.contains(check.link) ?? true {
      let began = ContinuousClock.now
      let finding: DoctorFinding
      if let cause = check.needs.lazy.compactMap({ broken[$0] }).first {
        finding = .skip("not tried: “\(cause.rawValue)” is broken")
        broken[check.link] = cause
      } else if bench.isOffline, check.isOnline {
        finding = .skip("not tried: --offline")
      } else {
        await pause(&isPaused, for: check)
        finding = await check.run(bench, &facts)
        if Task.isCancelled { break }
        if finding.status == .fail { broken[check.link] = check.link }
      }
      let line = line(check, finding, began.duration(to: .now), facts)
      lines.append(line)
      note(line)
      onLine(line)
    }
    if isPaused { await bench.daemon?.engine.resumeSocket() }
    return DoctorReport(checks: lines)
  }

  /// What was found broken stays in the log, for whoever comes later.
  private func note(_ line: DoctorLine) {
    guard let logger = bench.daemon?.logger, line.status == .fail || line.status == .warn else {
      return
    }
    logger.warning("\(line.detail)", metadata: ["stage": "doctor.\(line.id)"])
  }

  /// The server talks to the newest connection of a user only: ours would be cut off by a test.
  private func pause(_ isPaused: inout Bool, for check: any DoctorCheck) async {
    guard let engine = bench.daemon?.engine, check.opensSocket != isPaused else { return }
    isPaused = check.opensSocket
    if isPaused {
      await engine.pauseSocket(limit: Self.socketPause)
    } else {
      await engine.resumeSocket()
    }
  }

  private func line(
    _ check: any DoctorCheck, _ finding: DoctorFinding, _ elapsed: Duration, _ facts: DoctorFacts
  ) -> DoctorLine {
    func safe(_ text: String) -> String { Self.withoutSecrets(text, facts.secrets) }
    return DoctorLine(
      id: check.link.rawValue, title: check.title, status: finding.status,
      tried: finding.tried.map(safe), detail: safe(finding.detail),
      hint: finding.hint.map(safe), durationMs: Int(elapsed.wholeMilliseconds))
  }

  static func withoutSecrets(_ text: String, _ secrets: [String]) -> String {
    var text = SecretScrubber.scrub(text)
    for secret in secrets { text.replace(secret, with: "<redacted>") }
    return text
  }
}
