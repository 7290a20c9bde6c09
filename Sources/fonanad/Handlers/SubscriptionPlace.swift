import Synchronization

/// The last event that a subscriber was given; the heartbeat names it.
final class SubscriptionPlace: Sendable {
  private let value: Atomic<Int64>
  init(_ cursor: Int64) { value = Atomic(cursor) }

  var cursor: Int64 {
    get { value.load(ordering: .acquiring) }
    set { value.store(newValue, ordering: .releasing) }
  }
}
