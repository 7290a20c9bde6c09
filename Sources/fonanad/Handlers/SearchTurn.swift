import FonanaCore

/// One search at a time, in the order in which they come: a broad one takes seconds, and the store
/// has two readers, so that two of them would hold up `read` and `send`.
actor SearchTurn {
  private var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func take<R: Sendable>(
    _ body: @Sendable () async throws(FonanaError) -> R
  ) async throws(FonanaError) -> R {
    if isTaken {
      await withCheckedContinuation { waiting.append($0) }
    } else {
      isTaken = true
    }
    defer { passOn() }
    return try await body()
  }

  private func passOn() {
    if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
  }
}
