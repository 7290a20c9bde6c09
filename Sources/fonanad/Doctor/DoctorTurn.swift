import FonanaCore
import Synchronization

/// One doctor at a time, since it closes the daemon's own WebSocket for a while.
final class DoctorTurn: Sendable {
  private let isTaken = Mutex(false)

  /// `conflict` while another is at work.
  func take<R: Sendable>(_ body: () async -> R) async throws(FonanaError) -> R {
    guard begin() else {
      throw FonanaError(
        .conflict, "The doctor is at work already.", hint: "Wait a little and try again.",
        retryable: true)
    }
    defer { isTaken.withLock { $0 = false } }
    return await body()
  }

  private func begin() -> Bool {
    isTaken.withLock { isTaken in
      defer { isTaken = true }
      return !isTaken
    }
  }
}
