/// What is left of a seed's schedule: a failure is easier to read with few faults, in a short time
/// and among few people. nil: all that the seed has drawn.
struct Restriction: Sendable, Equatable {
  /// Only these strike.
  var faults: [FaultKind]?
  /// Of chaos.
  var minutes: Int?
  var sends: Int?
  var partnerMessages: Int?
  /// How often the person edits what waits, beside the edits that follow a send.
  var edits: Int?
  /// How many of a partner's names are used; one: always the nickname.
  var names: Int?
  /// How many of ten messages are sent only as long as the other has not written.
  var conditions: Int?
  /// How many of ten messages carry an image, a price or metadata.
  var enclosures: Int?
  /// How many of ten parked messages are held, and perhaps dropped later.
  var holds: Int?

  var isNone: Bool { self == Restriction() }
}

extension FaultKind {
  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ("\($0)", $0) })

  init?(name: Substring) {
    guard let kind = Self.byName[String(name)] else { return nil }
    self = kind
  }
}
