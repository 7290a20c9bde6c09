import Glibc

/// Runs work that blocks (plain sockets) on a thread of its own: a blocked thread of the pool would
/// keep the server, which runs in this process, from answering.
func offPool<Result: Sendable>(
  _ work: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    let job = ThreadJob { continuation.resume(with: .init(catching: work)) }
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<ThreadJob>.fromOpaque(pointer).takeRetainedValue().run()
        return nil
      }, Unmanaged.passRetained(job).toOpaque())
    precondition(status == 0, "no thread for a test")
    pthread_detach(thread)
  }
}

private final class ThreadJob {
  let run: () -> Void

  init(_ run: @escaping () -> Void) {
    self.run = run
  }
}
