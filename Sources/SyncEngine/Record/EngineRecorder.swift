import FonanaCore

/// Hears everything that the core hears and decides, in that order.
package protocol EngineRecorder: Sendable {
  func write(_ record: EngineRecord)
}

/// One thing that happened to an engine: enough to let it happen again.
package enum EngineRecord: Sendable, Codable {
  /// A process began.
  case start(EngineConfiguration, seed: UInt64, Times)
  /// The core handled an event, and this is what it wanted done.
  case turn(Times, EngineEvent, [EngineEffect])
}
