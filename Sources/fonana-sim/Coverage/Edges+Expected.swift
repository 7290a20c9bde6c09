import SyncEngine

/// The edges that the simulator must be able to walk (docs/reliability.md, “The life of a
/// message”). Others exist; one of these that is never walked is a part of the engine that no
/// schedule tests.
extension Edges {
  static let expectedOfOutbox: [(OutboxPlace, OutboxPlace)] = [
    (.new, .unresolved), (.new, .queued),
    (.unresolved, .queued), (.unresolved, .parked), (.unresolved, .cancelled),
    (.queued, .intent), (.queued, .held), (.queued, .cancelled),
    (.intent, .sent), (.intent, .queued), (.intent, .parked), (.intent, .quarantine),
    (.quarantine, .sent), (.quarantine, .quarantine), (.quarantine, .queued),
    (.quarantine, .parked), (.quarantine, .cancelled),
    (.parked, .queued), (.parked, .parked), (.parked, .cancelled), (.parked, .held),
    (.held, .queued), (.held, .held), (.held, .cancelled),
  ]

  static let expectedOfLink: [(EnginePhases.Link, EnginePhases.Link)] = [
    (.idle, .connecting), (.connecting, .connected), (.connecting, .waiting),
    (.connecting, .verifying), (.connecting, .closing), (.connected, .waiting),
    (.connected, .closing), (.closing, .connecting), (.closing, .idle), (.verifying, .waiting),
    (.waiting, .connecting), (.waiting, .idle),
  ]

  static let expectedOfAccount: [(EnginePhases.Account, EnginePhases.Account)] = [
    (.loggedOut, .valid), (.valid, .loggedOut), (.valid, .refreshing), (.refreshing, .valid),
    (.refreshing, .refused), (.refused, .refreshing), (.valid, .degraded), (.degraded, .valid),
    (.degraded, .refreshing), (.refreshing, .degraded),
  ]

  /// Names and counts of all that is expected.
  var expected: [(edge: String, count: Int)] {
    Self.expectedOfOutbox.map { ("\($0)→\($1)", outbox[$0, $1]) }
      + Self.expectedOfLink.map { ("\($0)→\($1)", link[$0, $1]) }
      + Self.expectedOfAccount.map { ("\($0)→\($1)", account[$0, $1]) }
  }
}
