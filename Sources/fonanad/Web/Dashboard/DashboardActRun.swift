import ControlProtocol
import FonanaCore
import SyncEngine

/// Carries a button out: a line of JSON for each step as it happens, and one for the end.
struct DashboardActRun: Sendable {
  /// The last line.
  private struct End: Encodable {
    let ended: Bool
    let ok: Bool
  }

  private static let patience = Duration.seconds(30)

  let act: DashboardAct
  let parts: DashboardParts
  private var engine: Engine { parts.context.engine }

  init(_ act: DashboardAct, _ parts: DashboardParts) { (self.act, self.parts) = (act, parts) }

  func run(_ writer: WebWriter) async {
    // There are fewer steps than that.
    let (steps, say) = AsyncStream<DoctorLine>.makeStream(bufferingPolicy: .bufferingOldest(100))
    // A reader that is gone does not stop what was begun.
    let work = Task {
      await perform { say.yield($0) }
      say.finish()
    }
    var isOK = true
    for await step in steps {
      isOK = isOK && step.status != .fail
      await write(step, writer)
    }
    await work.value
    await write(End(ended: true, ok: isOK), writer)
  }

  private func write(_ value: some Encodable, _ writer: WebWriter) async {
    guard let line = try? PageJSON.encode(value) else { return }
    try? await writer.write(line + [UInt8(ascii: "\n")])
  }

  private func perform(_ say: @escaping @Sendable (DoctorLine) -> Void) async {
    do throws(FonanaError) {
      try await engine.ready()
      if let links = act.links {
        try await diagnose(links, say)
      } else if act == .reconnect {
        try await reconnect(say)
      } else {
        try await forget(say)
      }
    } catch {
      say(
        DoctorLine(
          id: act.rawValue, title: "Not possible", status: .fail, tried: nil,
          detail: error.message, hint: error.hint, durationMs: 0))
    }
  }

  private func diagnose(
    _ links: Set<DoctorLink>, _ say: @escaping @Sendable (DoctorLine) -> Void
  ) async throws(FonanaError) {
    try await parts.context.doctorTurn.take { () async in
      let bench = DoctorBench(parts.context, DoctorRequest())
      _ = await Doctor(bench: bench, links: links, onLine: say).run()
    }
  }
}

extension DashboardActRun {
  /// Follows the connection until it stands, or has failed.
  private func reconnect(
    _ say: @escaping @Sendable (DoctorLine) -> Void
  ) async throws(FonanaError) {
    guard engine.status.token != .missing else { throw DaemonContext.notLoggedIn }
    let began = ContinuousClock.now
    let before = engine.status
    let changes = engine.changes()
    defer { changes.cancel() }
    let timer = Task {
      try? await Task.sleep(for: Self.patience)
      changes.cancel()
    }
    defer { timer.cancel() }
    engine.reconnect()
    var last: EngineStatus.Connection?
    for await _ in changes.stream {
      let status = engine.status
      let end = Self.end(status, since: before)
      guard status.connection != last || end != nil else { continue }
      last = status.connection
      say(Self.step(status, end, began.duration(to: .now)))
      if end != nil { return }
    }
    throw FonanaError(
      .timeout, "The connection does not stand yet.", hint: "See “Test full JWT flow”.")
  }

  private static func end(
    _ status: EngineStatus, since before: EngineStatus
  ) -> DoctorLine.Status? {
    if status.connectionsSucceeded > before.connectionsSucceeded { return .ok }
    return status.connectionsFailed > before.connectionsFailed ? .fail : nil
  }

  private static func step(
    _ status: EngineStatus, _ end: DoctorLine.Status?, _ time: Duration
  ) -> DoctorLine {
    let error = end == .fail ? status.lastConnectionError : nil
    let detail =
      switch status.connection {
      case .connected: "the server has greeted us"
      case .connecting: "the WebSocket is being opened"
      case .waiting, .offline, .stopped: error?.message ?? "the old connection is being closed"
      }
    return DoctorLine(
      id: "connection.\(status.connection)", title: "Connection: \(status.connection)",
      status: end ?? .ok, tried: nil, detail: error?.message ?? detail, hint: error?.hint,
      durationMs: Int(time.wholeMilliseconds))
  }

  /// What `fonana logout` does.
  private func forget(_ say: (DoctorLine) -> Void) async throws(FonanaError) {
    let began = ContinuousClock.now
    _ = try await parts.context.loggedInAccount()
    try await engine.logOut()
    func tell(_ id: String, _ title: String, _ isOK: Bool, _ detail: String, _ hint: String?) {
      say(
        DoctorLine(
          id: id, title: title, status: isOK ? .ok : .fail, tried: nil, detail: detail, hint: hint,
          durationMs: Int(began.duration(to: .now).wholeMilliseconds)))
    }
    let token = engine.status.token
    tell(
      "forget.memory", "Token in memory", token == .missing, "the daemon says: \(token)", nil)
    let isStored = try await parts.context.credentials.load()?.isLoggedIn == true
    tell(
      "forget.file", "Token on the disk", !isStored,
      isStored ? "the secret file still holds one" : "the secret file holds none",
      "Type “fonana login --wallet ADDRESS” to get a new one.")
  }
}
