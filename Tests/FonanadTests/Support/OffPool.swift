import ControlProtocol
import Glibc

@testable import fonanad

/// Runs a blocking body on a thread of its own, so that it does not take one of the few threads
/// that the daemon under test needs.
func offPool<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
  let result: Result<R, any Error> = await withCheckedContinuation { continuation in
    let isStarted = BlockingThread.detached {
      continuation.resume(returning: Result { try body() })
    }
    precondition(isStarted, "no thread left")
  }
  return try result.get()
}
