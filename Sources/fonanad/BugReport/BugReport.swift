import ControlProtocol
import FonanaAPI
import FonanaCore
import LocalStore
import SyncEngine

/// All that helps to find a fault, without what is nobody's business: no token, no text of a
/// message, wallets and ids as marks.
struct BugReport: Sendable {
  let bench: DoctorBench

  func text() async -> String {
    // Before the doctor, who closes the connection and opens it again.
    let status = await status()
    let diagnostics = diagnostics
    let findings = await Doctor(bench: bench).run()
    let sections = [
      ("Versions", versions), ("Configuration", configuration),
      ("Findings", Self.text(findings)), ("Counters", Self.json(status)),
      ("Since the daemon's start", diagnostics), ("Log", log),
    ]
    let body = sections.map { "## \($0.0)\n\($0.1.isEmpty ? "nothing" : $0.1)\n" }
      .joined(separator: "\n")
    let redactor = await redactor(status)
    return """
      fonana bug report, \(SystemClock.wall)

      Wallets, ids and names are replaced by marks that mean nothing outside of this report. It
      holds no token and no text of a message.


      """ + redactor.redact(body)
  }

  private func redactor(_ status: StatusReport?) async -> IdentityRedactor {
    let stored = try? await CredentialFile(path: bench.paths.credentials).load()
    let own = [
      status?.account.nickname, status?.account.wallet, status?.account.userId?.rawValue,
      stored?.wallet, stored?.userID.rawValue,
    ]
    let hooks = bench.configuration?.hooks.map(\.name) ?? []
    return IdentityRedactor(
      names: own.compactMap { $0 } + hooks + (await namesOfOthers()),
      home: bench.environment["HOME"] ?? "")
  }

  /// A store that can't be read gives no name, and none of it stands in the report.
  private func namesOfOthers() async -> [String] {
    guard let daemon = bench.daemon else {
      return (try? LocalStore.names(path: bench.paths.store)) ?? []
    }
    return (try? await daemon.store.names()) ?? []
  }

  private var versions: String {
    "fonana \(BuildInfo.version) (\(BuildInfo.commit)), command \(bench.clientVersion ?? "?")\n"
      + "built with \(BuildInfo.dependencies.joined(separator: ", "))\n"
      + "system \(SystemFacts.kernel), \(SystemFacts.distribution)"
  }

  /// Names that are muted, and what a proxy's address may hold, stay out.
  private var configuration: String {
    guard let configuration = bench.configuration else { return "can't be read, see below" }
    return configuration.listing.map { setting in
      let key = SettingKey(rawValue: setting.key)
      let value = key.flatMap { configuration.settings[$0]?.value }
      let shown =
        switch key {
        case .notificationsMute:
          DisplayText.count(configuration.texts(.notificationsMute).count, "name")
        case .server, .websocket:
          AddressText.shown((value?.toml ?? "").filter { $0 != "\"" })
        case .proxy: value == nil ? "" : "set"
        default: value?.toml ?? ""
        }
      return "\(setting.key) = \(shown) (\(setting.origin.rawValue))"
    }.joined(separator: "\n")
  }

  private static func text(_ report: DoctorReport) -> String {
    report.checks.map { check in
      let hint = check.hint.map { "\n  hint: \($0)" } ?? ""
      let head = "\(check.status.rawValue) \(check.id) (\(check.durationMs) ms)"
      return DisplayText.block("\(head): \(check.detail)\(hint)")
    }.joined(separator: "\n")
  }

  private func status() async -> StatusReport? {
    guard let daemon = bench.daemon else { return nil }
    guard var report = try? await StatusHandler(context: daemon).report() else { return nil }
    report.hooks = report.hooks.map { hook in
      var hook = hook
      hook.reason = hook.reason.map(HookOutcome.ending)
      return hook
    }
    return report
  }

  private var diagnostics: String {
    Self.json(bench.daemon.map { DiagnosticsReport($0) })
  }

  private static func json(_ value: (some Encodable)?) -> String {
    guard let value else { return "the daemon does not run" }
    return (try? ControlJSON.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "?"
  }

  private var log: String {
    LogExcerpt.newest(of: bench.paths.log).map { Self.withoutWords($0).text }
      .joined(separator: "\n")
  }

  /// What a hook's program has written to stderr is nobody's business either.
  private static func withoutWords(_ line: ControlProtocol.LogLine) -> ControlProtocol.LogLine {
    guard line.category == LogCategory.hook.rawValue else { return line }
    var line = line
    line.fields["reason"] = line.fields["reason"].map(HookOutcome.ending)
    return line
  }
}
