package import FonanaCore

/// The name of an event; one of a newer daemon is kept as it is.
package struct EventName: RawRepresentable, Hashable, Sendable, Codable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package init(_ kind: EventKind) { rawValue = kind.rawValue }

  /// The first event of every stream.
  package static let ready = EventName(rawValue: "ready")
  /// To a consumer with a name: what it has not acknowledged is not kept any more.
  package static let lost = EventName(rawValue: "events.lost")
  /// Every 15 s.
  package static let heartbeat = EventName(rawValue: "heartbeat")

  package var kind: EventKind? { EventKind(rawValue: rawValue) }
}
