import FonanaCore

/// What the engine remembers of its own work, for whoever asks what went wrong. Nothing is decided
/// by it, and all of it is bounded.
package struct Records: Sendable {
  private static let mostWaiting = 32
  /// A push whose message has not come by then was about something that is known already.
  private static let patience = Duration.seconds(60)

  package private(set) var pushToDisk = LatencySeries()
  package private(set) var sendRoundTrip = LatencySeries()
  /// Of the turn that was handled last.
  package private(set) var fresh: [EngineObservation] = []

  private var connections: ConnectionHistory
  private var connectedBefore = Duration.zero
  /// On the clock that stands still while the machine sleeps; nil: not connected.
  private var connectedSince: Duration?
  private var hasConnected = false
  /// On the boot-time clock.
  private var pushes: [Duration] = []
  private var posts: [ClientID: Duration] = [:]

  /// `connections`: of the daemons before this one.
  package init(_ connections: ConnectionHistory = ConnectionHistory()) {
    self.connections = connections
  }

  mutating func beginTurn() { fresh.removeAll(keepingCapacity: true) }

  // MARK: The connection

  /// With the connection that stands now.
  package func history(at now: Times) -> ConnectionHistory {
    var history = connections
    if let connectedSince {
      history.noteConnected(for: now.monotonic - connectedSince, until: now.wall)
    }
    return history
  }

  /// Since the start.
  package func connectedTime(at now: Times) -> Duration {
    connectedBefore + (connectedSince.map { now.monotonic - $0 } ?? .zero)
  }

  mutating func connectionAttempted(at now: Times) { connections.note(.attempted, at: now.wall) }

  mutating func connected(at now: Times) {
    connections.note(.succeeded, at: now.wall)
    fresh.append(.connected(isAgain: hasConnected))
    (connectedSince, hasConnected) = (now.monotonic, true)
  }

  mutating func connectionFailed(_ reason: String, at now: Times) {
    connections.note(.failed(reason), at: now.wall)
    fresh.append(.connectionFailed(reason))
  }

  mutating func connectionLost(_ reason: String, at now: Times) {
    connections.note(.lost(reason), at: now.wall)
    fresh.append(.connectionLost(reason))
  }

  mutating func connectionGivenUp() { fresh.append(.connectionGivenUp) }

  mutating func happened(_ incident: ConnectionHistory.Incident, at now: Times) {
    connections.note(.happened(incident), at: now.wall)
  }

  mutating func disconnected(at now: Times) {
    guard let since = connectedSince else { return }
    connections.noteConnected(for: now.monotonic - since, until: now.wall)
    connectedBefore += now.monotonic - since
    connectedSince = nil
  }

  // MARK: The token

  mutating func tokenRequested(_ cause: RefreshCause, _ outcome: String) {
    fresh.append(.tokenRequested(cause, outcome: outcome))
  }

  // MARK: Latencies

  mutating func messageAnnounced(at now: Times) {
    if pushes.count < Self.mostWaiting { pushes.append(now.boot) }
  }

  mutating func committed(_ events: [StoreEvent], at now: Times) {
    guard !pushes.isEmpty, events.contains(where: { $0.kind == .messageReceived }) else { return }
    for push in pushes where now.boot - push < Self.patience {
      pushToDisk.add(now.boot - push)
      fresh.append(.pushStored(now.boot - push))
    }
    pushes = []
  }

  mutating func posted(_ cid: ClientID, at now: Times) { posts[cid] = now.boot }

  mutating func answered(_ cid: ClientID, isConfirmed: Bool, at now: Times) {
    guard let began = posts.removeValue(forKey: cid), isConfirmed else { return }
    sendRoundTrip.add(now.boot - began)
    fresh.append(.sendConfirmed(now.boot - began))
  }
}
