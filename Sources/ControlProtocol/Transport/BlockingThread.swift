import Glibc

/// A thread for a body that blocks, which the cooperative pool must not.
package enum BlockingThread {
  private final class Box {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// False when the system has no thread left.
  package static func detached(_ body: sending @escaping () -> Void) -> Bool {
    guard let thread = start(body) else { return false }
    pthread_detach(thread)
    return true
  }

  /// To be joined or detached.
  private static func start(_ body: sending @escaping () -> Void) -> pthread_t? {
    let box = Unmanaged.passRetained(Box(body))
    var thread = pthread_t()
    let result = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, box.toOpaque())
    guard result == 0 else {
      box.release()
      return nil
    }
    return thread
  }

  /// Runs all bodies at once, each on a thread of its own, and returns when all have ended.
  package static func runAll(_ bodies: [@Sendable () -> Void]) {
    let threads = bodies.compactMap { start($0) }
    for thread in threads { pthread_join(thread, nil) }
  }
}
