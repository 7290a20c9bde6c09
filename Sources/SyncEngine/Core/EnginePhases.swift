/// Where the machines stand, without what they hold: the simulator counts which of their edges its
/// schedules have walked.
package struct EnginePhases: Sendable, Equatable {
  package enum Link: Int, Sendable, CaseIterable {
    case idle, waiting, connecting, connected, closing, verifying
  }

  package enum Account: Int, Sendable, CaseIterable {
    /// No token is held.
    case loggedOut
    case valid
    case refreshing
    /// The last refresh has failed; the next one waits.
    case refused
    /// A route refuses the token that all others take.
    case degraded
  }

  package var link: Link
  package var account: Account

  package init(link: Link = .idle, account: Account = .loggedOut) {
    self.link = link
    self.account = account
  }
}

extension EngineCore {
  package var phases: EnginePhases {
    EnginePhases(link: connection.phase, account: session.phase)
  }
}

extension Connection {
  fileprivate var phase: EnginePhases.Link {
    switch state {
    case .idle: .idle
    case .waiting: .waiting
    case .connecting: .connecting
    case .connected: .connected
    case .closing: .closing
    case .verifying: .verifying
    }
  }
}

extension Session {
  fileprivate var phase: EnginePhases.Account {
    guard token != nil else { return .loggedOut }
    switch refresh {
    case .requesting: return .refreshing
    case .waiting: return .refused
    case .idle: return degraded.isEmpty ? .valid : .degraded
    }
  }
}
