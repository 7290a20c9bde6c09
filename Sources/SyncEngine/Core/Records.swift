import FonanaCore

/// What the engine remembers of its own work, for whoever asks what went wrong. Nothing is decided
/// by it, and all of it is bounded.
package struct Records: Sendable {
  private static let mostWaiting = 32
  /// A push whose message has not come by then was about something that is known already.
  private static let patience = Duration.seconds(60)

  package private(set) var connections = ConnectionHistory()
  /// From the frame that tells of a message to the commit that holds it.
  package private(set) var pushToDisk = LatencySeries()
  /// From the request to the server's confirmation.
  package private(set) var sendRoundTrip = LatencySeries()

  /// On the boot-time clock.
  private var pushes: [Duration] = []
  private var posts: [ClientID: Duration] = [:]

  mutating func note(_ event: ConnectionHistory.Event, at now: Times) {
    connections.note(event, at: now.wall)
  }

  mutating func messageAnnounced(at now: Times) {
    if pushes.count < Self.mostWaiting { pushes.append(now.boot) }
  }

  mutating func committed(_ events: [StoreEvent], at now: Times) {
    guard !pushes.isEmpty, events.contains(where: { $0.kind == .messageReceived }) else { return }
    for push in pushes where now.boot - push < Self.patience { pushToDisk.add(now.boot - push) }
    pushes = []
  }

  mutating func posted(_ cid: ClientID, at now: Times) { posts[cid] = now.boot }

  mutating func answered(_ cid: ClientID, isConfirmed: Bool, at now: Times) {
    guard let began = posts.removeValue(forKey: cid), isConfirmed else { return }
    sendRoundTrip.add(now.boot - began)
  }
}
