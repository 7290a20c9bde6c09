import Synchronization

extension Engine {
  /// Tells one reader that the core has handled an event, once for all that came since the last
  /// look. Ends with the engine, or when it is cancelled.
  package struct Changes: Sendable {
    package let stream: AsyncStream<Void>
    package let cancel: @Sendable () -> Void
  }

  package func changes() -> Changes {
    let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state -> Int? in
      guard !state.isOver else { return nil }
      state.lastWatcher += 1
      state.watchers[state.lastWatcher] = continuation
      return state.lastWatcher
    }
    guard let number else {
      continuation.finish()
      return Changes(stream: stream) {}
    }
    return Changes(stream: stream) { [weak self] in
      _ = self?.state.withLock { $0.watchers.removeValue(forKey: number) }
      continuation.finish()
    }
  }

  /// How many hear the changes.
  package var watchers: Int { state.withLock { $0.watchers.count } }

  /// It answers nobody any more.
  package var isOver: Bool { state.withLock { $0.isOver } }
}
