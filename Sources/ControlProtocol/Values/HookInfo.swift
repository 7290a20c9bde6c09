package import FonanaCore

/// A hook of the configuration, and how it does.
package struct HookInfo: Codable, Sendable, Hashable {
  package enum State: String, Codable, Sendable, CaseIterable {
    case idle, running
    /// It has failed and is tried again.
    case failing
    /// It has failed too often; nothing happens until `hooks retry` or `hooks skip`.
    case parked
  }

  package var name: String
  package var command: [String]
  package var events: [String]
  package var full: Bool
  package var state: State
  /// Events that it asks for and that are not done.
  package var waiting: Int
  /// Events that it has not seen and that are not kept any more.
  package var lost: Int
  /// In a row, at the same event.
  package var failures: Int
  /// Of the last failure.
  @Nullable package var reason: String?
  @RFC3339 package var nextAttemptAt: Timestamp?
  @RFC3339 package var parkedAt: Timestamp?

  package init(
    name: String, command: [String], events: [String], full: Bool, state: State, waiting: Int,
    lost: Int, failures: Int, reason: String? = nil, nextAttemptAt: Timestamp? = nil,
    parkedAt: Timestamp? = nil
  ) {
    self.name = name
    self.command = command
    self.events = events
    self.full = full
    self.state = state
    self.waiting = waiting
    self.lost = lost
    self.failures = failures
    self.reason = reason
    self.nextAttemptAt = nextAttemptAt
    self.parkedAt = parkedAt
  }
}

/// The answer of `hooks.list`.
package struct HookListing: Codable, Sendable, Hashable {
  package var hooks: [HookInfo]

  package init(hooks: [HookInfo]) { self.hooks = hooks }
}

/// A hook as `status` shows it.
package struct HookStatus: Codable, Sendable, Hashable {
  package var name: String
  package var state: HookInfo.State
  package var failures: Int
  @Nullable package var reason: String?
  @RFC3339 package var parkedAt: Timestamp?

  package init(
    name: String, state: HookInfo.State, failures: Int, reason: String? = nil,
    parkedAt: Timestamp? = nil
  ) {
    self.name = name
    self.state = state
    self.failures = failures
    self.reason = reason
    self.parkedAt = parkedAt
  }

  package init(_ hook: HookInfo) {
    self.init(
      name: hook.name, state: hook.state, failures: hook.failures, reason: hook.reason,
      parkedAt: hook.parkedAt)
  }
}
