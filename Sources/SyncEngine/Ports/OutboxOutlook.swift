package import FonanaCore

/// What an outbox item waits for.
package struct OutboxOutlook: Hashable, Sendable, Codable {
  package enum Wait: String, Sendable, Codable {
    /// Its turn: `behind` comes first.
    case turn
    /// One of the few places on the wire, or the end of a pause.
    case attempt
    /// The server's answer.
    case answer
    /// The server can't be reached.
    case server
    /// Nobody is logged in, or the server refuses the token.
    case token
    /// The server takes the token, but not for sending.
    case route
    /// The look whether the server has it.
    case look
    /// A person.
    case person
  }

  package var wait: Wait
  package var nextAttemptAt: Timestamp?
  package var behind: ClientID?
  /// That one waits for a person.
  package var isBlocked = false

  package init(
    _ wait: Wait, nextAttemptAt: Timestamp? = nil, behind: ClientID? = nil, isBlocked: Bool = false
  ) {
    self.wait = wait
    self.nextAttemptAt = nextAttemptAt
    self.behind = behind
    self.isBlocked = isBlocked
  }
}
