package import FonanaCore

/// The answer of `status.get` and the greeting, read by hand (`JSONReader`).
extension StatusReport {
  package init(_ value: JSONValue) throws(FonanaError) {
    let report = try JSONReader(value)
    self.init(
      daemon: try DaemonStatus(report.object("daemon")),
      account: try AccountStatus(report.object("account")),
      token: try TokenStatus(report.object("token")),
      server: try ServerStatus(report.object("server")),
      connection: try ConnectionStatus(report.object("connection")),
      sync: try SyncStatus(report.object("sync")),
      outbox: try OutboxStatus(report.object("outbox")),
      hooks: try report.list("hooks", HookStatus.init),
      // A daemon that runs on while fonana is brought up to date may not know it yet.
      metrics: try report.optionalObject("metrics").map { metrics throws(FonanaError) in
        try MetricsStatus(metrics)
      } ?? MetricsStatus())
  }
}

extension HookStatus {
  init(_ hook: JSONReader) throws(FonanaError) {
    self.init(
      name: try hook.text("name"), state: try hook.word("state") { HookInfo.State(rawValue: $0) },
      failures: try hook.count("failures"), reason: try hook.optionalText("reason"),
      parkedAt: try hook.optionalTime("parkedAt"))
  }
}

extension HelloResult {
  package init(_ value: JSONValue) throws(FonanaError) {
    let hello = try JSONReader(value)
    self.init(
      daemonVersion: try hello.text("daemonVersion"), protocol: try hello.count("protocol"),
      pid: Int32(truncatingIfNeeded: try hello.integer("pid")),
      profile: try hello.text("profile"), server: try hello.optionalText("server"))
  }
}

extension DaemonStatus {
  init(_ daemon: JSONReader) throws(FonanaError) {
    self.init(
      pid: Int32(truncatingIfNeeded: try daemon.integer("pid")),
      version: try daemon.text("version"), commit: try daemon.text("commit"),
      startedAt: try daemon.time("startedAt"), uptimeSeconds: try daemon.double("uptimeSeconds"),
      restarts: try daemon.count("restarts"), lastExit: try daemon.optionalText("lastExit"),
      residentBytes: try daemon.integer("residentBytes"),
      anonymousBytes: try daemon.integer("anonymousBytes"),
      cpuSeconds: try daemon.double("cpuSeconds"), clients: try daemon.count("clients"))
  }
}

extension AccountStatus {
  init(_ account: JSONReader) throws(FonanaError) {
    self.init(
      wallet: try account.optionalText("wallet"),
      userId: try account.optionalText("userId").map { UserID($0) },
      nickname: try account.optionalText("nickname"), server: try account.text("server"),
      generation: try account.optionalText("generation").flatMap { ServerGeneration(rawValue: $0) },
      serverVersion: try account.optionalText("serverVersion"))
  }
}

extension TokenStatus {
  init(_ token: JSONReader) throws(FonanaError) {
    self.init(
      state: try token.word("state") { State(rawValue: $0) },
      issuedAt: try token.optionalTime("issuedAt"), expiresAt: try token.optionalTime("expiresAt"),
      nextRefreshAt: try token.optionalTime("nextRefreshAt"),
      refreshes: try token.count("refreshes"),
      place: try token.optionalText("place").flatMap { Place(rawValue: $0) },
      placeProblem: try token.optionalText("placeProblem"), refusedBy: try token.texts("refusedBy"))
  }
}

extension ServerStatus {
  init(_ server: JSONReader) throws(FonanaError) {
    self.init(
      reachable: try server.flag("reachable"),
      lastSuccessAt: try server.optionalTime("lastSuccessAt"),
      lastError: try ErrorInfo(server.optionalObject("lastError")))
  }
}

extension ConnectionStatus {
  init(_ connection: JSONReader) throws(FonanaError) {
    let attempts = try connection.object("attempts")
    self.init(
      state: try connection.word("state") { State(rawValue: $0) },
      since: try connection.optionalTime("since"),
      attempts: Attempts(
        succeeded: try attempts.count("succeeded"), failed: try attempts.count("failed")),
      lastError: try ErrorInfo(connection.optionalObject("lastError")),
      lastEventAt: try connection.optionalTime("lastEventAt"),
      lastPongAt: try connection.optionalTime("lastPongAt"),
      nextAttemptAt: try connection.optionalTime("nextAttemptAt"),
      pushSeen: try connection.flag("pushSeen"))
  }
}

extension SyncStatus {
  init(_ sync: JSONReader) throws(FonanaError) {
    self.init(
      mode: try sync.text("mode"), state: try sync.word("state") { State(rawValue: $0) },
      completeUpTo: try sync.optionalTime("completeUpTo"),
      source: try sync.word("source") { FreshnessInfo.Source(rawValue: $0) },
      lastPullAt: try sync.optionalTime("lastPullAt"),
      lastListAt: try sync.optionalTime("lastListAt"),
      conversations: try sync.count("conversations"), messages: try sync.count("messages"),
      incomplete: try sync.count("incomplete"), gaps: try sync.count("gaps"),
      unreadable: try sync.count("unreadable"), forcedReads: try sync.count("forcedReads"),
      databaseBytes: try sync.integer("databaseBytes"),
      damage: try DamageInfo(sync.optionalObject("damage")))
  }
}

extension DamageInfo {
  /// nil for no damage.
  init?(_ damage: JSONReader?) throws(FonanaError) {
    guard let damage else { return nil }
    self.init(
      at: try damage.optionalTime("at"), reason: try damage.text("reason"),
      copy: try damage.text("copy"), messagesSaved: try damage.count("messagesSaved"),
      isOutboxComplete: try damage.flag("isOutboxComplete"))
  }
}

extension OutboxStatus {
  init(_ outbox: JSONReader) throws(FonanaError) {
    self.init(
      queued: try outbox.count("queued"), sending: try outbox.count("sending"),
      uncertain: try outbox.count("uncertain"), parked: try outbox.count("parked"),
      held: try outbox.count("held"), duplicatesSeen: try outbox.count("duplicatesSeen"),
      blocking: try outbox.list("blocking", BlockInfo.init))
  }
}
