package import FonanaCore

/// What the configuration says to the engine.
package struct EngineConfiguration: Sendable, Equatable, Codable {
  /// What to do when an uncertain send can only be settled by a pull that marks messages read.
  package enum Reconcile: String, Sendable, Codable {
    case pull
    case neverRead = "never-read"
  }

  /// Scheme, host and port of the server.
  package var origin: String
  package var mode: SyncMode
  package var reconcile: Reconcile
  /// Durations of the core are divided by it. For tests against a server on loopback.
  package var timeScale: Int
  /// Only for tests; see `EngineMutant`.
  package var mutant: EngineMutant?
  /// Whether it rests after each page as long as the server took for it; off only for benchmarks.
  package var isPaced: Bool

  package init(
    origin: String, mode: SyncMode = .onRead, reconcile: Reconcile = .pull, timeScale: Int = 1,
    mutant: EngineMutant? = nil, isPaced: Bool = true
  ) {
    self.origin = origin
    self.mode = mode
    self.reconcile = reconcile
    self.timeScale = timeScale
    self.mutant = mutant
    self.isPaced = isPaced
  }
}
