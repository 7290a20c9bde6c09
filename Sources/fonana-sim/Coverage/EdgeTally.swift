/// How often each edge between the states of a machine was walked.
struct EdgeTally<State: CaseIterable & RawRepresentable & Sendable>: Sendable
where State.RawValue == Int {
  private var counts: [Int]

  init() {
    let states = State.allCases.count
    counts = [Int](repeating: 0, count: states * states)
  }

  mutating func count(_ from: State, _ to: State) { counts[Self.place(from, to)] += 1 }

  mutating func add(_ other: Self) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }

  subscript(from: State, to: State) -> Int { counts[Self.place(from, to)] }

  /// Those that were walked.
  var walked: [(edge: String, count: Int)] {
    State.allCases.flatMap { from in
      State.allCases.compactMap { to in
        self[from, to] > 0 ? ("\(from)→\(to)", self[from, to]) : nil
      }
    }
  }

  private static func place(_ from: State, _ to: State) -> Int {
    from.rawValue * State.allCases.count + to.rawValue
  }
}
