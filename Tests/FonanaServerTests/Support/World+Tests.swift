@testable import FonanaServer

extension World {
  /// An empty world with a clock of its own.
  static func empty(
    _ generation: ServerGeneration = .b,
    now: @escaping @Sendable () -> Int64 = { 1_000_000_000_000 }
  ) -> World {
    var configuration = ServerConfiguration(generation: generation)
    configuration.now = now
    return World(
      state: WorldState(
        settings: configuration.worldSettings, pushes: configuration.pushes, seed: 1),
      file: nil)
  }

  func verifies(_ token: some StringProtocol) -> Bool {
    read { (try? $0.verify(String(token))) != nil }
  }
}
