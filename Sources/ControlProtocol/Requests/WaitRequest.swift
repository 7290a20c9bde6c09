/// `wait`.
package struct WaitRequest: Codable, Sendable, Hashable {
  package enum Goal: String, Codable, Sendable, CaseIterable {
    case reachable, connected, synced, drained
    /// The server was asked since the daemon's start, in vain or not, or can't be.
    case asked
  }

  package var `for`: Goal
  /// Null: without end.
  @Nullable package var timeoutSeconds: Double?

  package init(for: Goal, timeoutSeconds: Double? = nil) {
    self.for = `for`
    self.timeoutSeconds = timeoutSeconds
  }
}

/// The answer of `wait`.
package struct WaitResult: Codable, Sendable, Hashable {
  package var reached: Bool
  /// What it is instead, or the goal.
  package var state: String

  package init(reached: Bool, state: String) {
    self.reached = reached
    self.state = state
  }
}

/// `daemon.logLevel`.
package struct LogLevelRequest: Codable, Sendable, Hashable {
  /// `trace`, `debug`, `info`, `notice`, `warning` or `error`.
  package var level: String

  package init(level: String) {
    self.level = level
  }
}
