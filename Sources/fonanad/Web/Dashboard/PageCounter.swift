import Synchronization

/// How many pages are open, and since when none is.
final class PageCounter: Sendable {
  private struct State {
    var pages = 0
    var idleSince = ContinuousClock.now
  }

  private let state = Mutex(State())

  var pages: Int { state.withLock { $0.pages } }

  func opened() { state.withLock { $0.pages += 1 } }

  func closed() {
    state.withLock { state in
      state.pages -= 1
      state.idleSince = .now
    }
  }

  /// Somebody is about to open one.
  func touch() { state.withLock { $0.idleSince = .now } }

  /// How long the page is still to be served; nil: nobody has looked for `patience`.
  func rest(of patience: Duration) -> Duration? {
    state.withLock { state in
      guard state.pages == 0 else { return patience }
      let rest = patience - state.idleSince.duration(to: .now)
      return rest > .zero ? rest : nil
    }
  }
}
