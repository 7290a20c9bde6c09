import CoreMetrics
import Synchronization

/// One number: a counter or a gauge with its labels.
final class NumberSeries: CounterHandler, FloatingPointCounterHandler, MeterHandler, Sendable {
  private let number = Mutex(0.0)

  var value: Double { number.withLock { $0 } }

  func increment(by amount: Int64) { increment(by: Double(amount)) }
  func increment(by amount: Double) { number.withLock { $0 += amount } }
  func decrement(by amount: Double) { number.withLock { $0 -= amount } }
  func set(_ value: Int64) { set(Double(value)) }
  func set(_ value: Double) { number.withLock { $0 = value } }
  func reset() { set(0.0) }
}
