/// How often each fault really struck.
struct FaultTally: Sendable {
  private(set) var counts = [Int](repeating: 0, count: FaultKind.allCases.count)

  var total: Int { counts.reduce(0, +) }

  mutating func count(_ kind: FaultKind, times: Int = 1) { counts[kind.rawValue] += times }

  mutating func add(_ other: FaultTally) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }
}
