import SyncEngine

/// Draws from a seed.
struct Chance {
  private var generator: Xoshiro

  init(seed: UInt64) { generator = Xoshiro(seed: seed) }

  mutating func next() -> UInt64 { generator.next() }

  mutating func happens(_ probability: Double) -> Bool {
    probability > 0 && generator.nextUnit() < probability
  }

  mutating func below(_ bound: Int) -> Int { bound <= 1 ? 0 : Int(next() % UInt64(bound)) }

  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  mutating func milliseconds(_ range: ClosedRange<Int>) -> Duration { .milliseconds(within(range)) }
  mutating func seconds(_ range: ClosedRange<Int>) -> Duration {
    milliseconds(range.lowerBound * 1000...range.upperBound * 1000)
  }

  mutating func pick<T>(_ choices: [T]) -> T? {
    choices.isEmpty ? nil : choices[below(choices.count)]
  }

  /// Hexadecimal digits.
  mutating func digits(_ count: Int) -> String {
    let text = String(next() | 1 << 63, radix: 16)
    return String(text.suffix(count))
  }
}
