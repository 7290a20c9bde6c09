import Synchronization
/// What the engine remembers of its work; see `Records`.
package struct EngineDiagnostics: Sendable, Equatable {
  package var periods: [ConnectionHistory.Period]
  package var pushToDisk: LatencySeries
  package var sendRoundTrip: LatencySeries
}

extension Engine {
  package var diagnostics: EngineDiagnostics {
    let now = clock.now.wall
    return state.withLock { state in
      let records = state.core.records
      return EngineDiagnostics(
        periods: records.connections.lastDay(at: now), pushToDisk: records.pushToDisk,
        sendRoundTrip: records.sendRoundTrip)
    }
  }
}
