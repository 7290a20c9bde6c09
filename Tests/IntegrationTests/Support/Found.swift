import Synchronization

/// What a closure that returns nothing has found out.
final class Found: Sendable {
  private let text = Mutex<String?>(nil)

  var value: String? { text.withLock { $0 } }

  func set(_ found: String?) { text.withLock { $0 = found } }
}
