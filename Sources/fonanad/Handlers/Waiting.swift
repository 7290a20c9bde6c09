import FonanaCore

/// Waiting for a state of the daemon.
enum Waiting {
  /// Asks `isReached` now, after each event that `matters`, and gives up at the end of `limit`,
  /// when the listener is cancelled or when the daemon stops. True when it was reached.
  static func until(
    _ listener: EventListener, within limit: Duration?,
    matters: @escaping @Sendable (StoreEvent) -> Bool = { _ in true },
    _ isReached: @escaping @Sendable () async throws(FonanaError) -> Bool
  ) async throws(FonanaError) -> Bool {
    defer { listener.cancel() }
    if try await isReached() { return true }
    let outcome = await withTaskGroup(of: Void.self, returning: Result<Bool, FonanaError>.self) {
      group in
      if let limit {
        group.addTask {
          try? await Task.sleep(for: limit)
          listener.cancel()
        }
      }
      let outcome = await watch(listener, matters, isReached)
      group.cancelAll()
      return outcome
    }
    return try outcome.get()
  }

  private static func watch(
    _ listener: EventListener, _ matters: @Sendable (StoreEvent) -> Bool,
    _ isReached: @Sendable () async throws(FonanaError) -> Bool
  ) async -> Result<Bool, FonanaError> {
    do throws(FonanaError) {
      for await event in listener.events where matters(event.event) {
        if try await isReached() { return .success(true) }
      }
      return .success(try await isReached())
    } catch {
      return .failure(error)
    }
  }
}
