package import FonanaCore

/// `status.daemon`.
package struct DaemonStatus: Codable, Sendable, Hashable {
  package var pid: Int32
  package var version: String
  package var commit: String
  @RFC3339 package var startedAt: Timestamp
  package var uptimeSeconds: Double
  /// Of this profile since it exists.
  package var restarts: Int
  /// How the daemon before this one ended: `clean`, `unclean`; null for the first.
  @Nullable package var lastExit: String?
  package var residentBytes: Int64
  package var anonymousBytes: Int64
  package var cpuSeconds: Double
  package var clients: Int

  package init(
    pid: Int32, version: String, commit: String, startedAt: Timestamp, uptimeSeconds: Double,
    restarts: Int, lastExit: String? = nil, residentBytes: Int64, anonymousBytes: Int64,
    cpuSeconds: Double, clients: Int
  ) {
    self.pid = pid
    self.version = version
    self.commit = commit
    self.startedAt = startedAt
    self.uptimeSeconds = uptimeSeconds
    self.restarts = restarts
    self.lastExit = lastExit
    self.residentBytes = residentBytes
    self.anonymousBytes = anonymousBytes
    self.cpuSeconds = cpuSeconds
    self.clients = clients
  }
}

/// `status.account`.
package struct AccountStatus: Codable, Sendable, Hashable {
  @Nullable package var wallet: String?
  @Nullable package var userId: UserID?
  @Nullable package var nickname: String?
  package var server: String
  @Nullable package var generation: ServerGeneration?
  @Nullable package var serverVersion: String?

  package init(
    wallet: String? = nil, userId: UserID? = nil, nickname: String? = nil, server: String,
    generation: ServerGeneration? = nil, serverVersion: String? = nil
  ) {
    self.wallet = wallet
    self.userId = userId
    self.nickname = nickname
    self.server = server
    self.generation = generation
    self.serverVersion = serverVersion
  }
}
