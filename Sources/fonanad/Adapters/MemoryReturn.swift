import ServiceLifecycle

/// Gives back to the system what the C library keeps of freed memory, some time after something has
/// happened: a first mirror frees as much as it takes, in pieces, and leaves a heap full of holes.
struct MemoryReturn: Service {
  private static let pause = Duration.seconds(2)

  let hub: EventHub

  func run() async throws {
    let bell = hub.bell()
    try? await cancelWhenGracefulShutdown {
      for await _ in bell.rings {
        try await Task.sleep(for: Self.pause)
        SystemCalls.returnFreeMemory()
      }
    }
    bell.cancel()
    // A service that ends before it is told to counts as failed.
    try? await gracefulShutdown()
  }
}
