import FonanaTestSupport
import Testing

extension Desk {
  /// Until a service has that name on the session's bus; starts none.
  func waitOnTheBus(for name: String) async throws {
    let gdbus = Program("gdbus", environment: environment)
    let waited = try await gdbus.run(["wait", "--session", "--timeout", "30", name])
    try #require(waited.status == 0, "\(name): \(waited)")
  }
}
