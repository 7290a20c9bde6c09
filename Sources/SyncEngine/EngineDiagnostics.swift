import FonanaCore
import Synchronization

/// What the engine remembers of its work; see `Records`.
package struct EngineDiagnostics: Sendable, Equatable {
  /// Of the last day, with those of the daemons before this one.
  package var periods: [ConnectionHistory.Period]
  /// Since the start.
  package var connectedTime: Duration
  package var pushToDisk: LatencySeries
  package var sendRoundTrip: LatencySeries
}

extension Engine {
  package var diagnostics: EngineDiagnostics {
    let now = clock.now
    let records = state.withLock { $0.core.records }
    return EngineDiagnostics(
      periods: records.history(at: now).lastDay(at: now.wall),
      connectedTime: records.connectedTime(at: now),
      pushToDisk: records.pushToDisk, sendRoundTrip: records.sendRoundTrip)
  }

  /// For the next daemon.
  package var connectionHistory: ConnectionHistory {
    let now = clock.now
    return state.withLock { $0.core.records }.history(at: now)
  }
}
