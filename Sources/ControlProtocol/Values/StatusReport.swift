/// The answer of `status.get`.
package struct StatusReport: Codable, Sendable, Hashable {
  package var daemon: DaemonStatus
  package var account: AccountStatus
  package var token: TokenStatus
  package var server: ServerStatus
  package var connection: ConnectionStatus
  package var sync: SyncStatus
  package var outbox: OutboxStatus
  package var hooks: [HookStatus]
  package var metrics: MetricsStatus

  package init(
    daemon: DaemonStatus, account: AccountStatus, token: TokenStatus, server: ServerStatus,
    connection: ConnectionStatus, sync: SyncStatus, outbox: OutboxStatus,
    hooks: [HookStatus] = [],
    metrics: MetricsStatus = MetricsStatus()
  ) {
    self.daemon = daemon
    self.account = account
    self.token = token
    self.server = server
    self.connection = connection
    self.sync = sync
    self.outbox = outbox
    self.hooks = hooks
    self.metrics = metrics
  }
}
