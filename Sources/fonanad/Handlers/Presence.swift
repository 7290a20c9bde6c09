import Synchronization

/// Whether a client is still there.
final class Presence: Sendable {
  private let over = Atomic<Bool>(false)
  var isOver: Bool { over.load(ordering: .acquiring) }
  func end() { over.store(true, ordering: .releasing) }
}
