/// The sum of a campaign.
struct Report {
  private(set) var schedules = 0
  private(set) var violations = 0
  private var simulated = Duration.zero
  private var faults = FaultTally()
  private(set) var edges = Edges()
  private(set) var deeds = DeedTally()
  private var perSchedule: [Int] = []

  mutating func add(_ verdict: Verdict) {
    schedules += 1
    simulated += verdict.simulated
    faults.add(verdict.faults)
    edges.add(verdict.edges)
    deeds.add(verdict.deeds)
    perSchedule.append(verdict.faults.total)
    if verdict.violation != nil { violations += 1 }
  }

  /// How often each fault struck, by its name.
  var coverage: [(kind: FaultKind, count: Int)] {
    FaultKind.allCases.map { ($0, faults.counts[$0.rawValue]) }
  }

  /// Faults, expected edges and deeds that were reached less often.
  func missed(floor: Int) -> [String] {
    coverage.filter { $0.count < floor }.map { "\($0.kind)" }
      + edges.expected.filter { $0.count < floor }.map(\.edge)
      + Deed.allCases.filter { deeds[$0] < floor }.map { "\($0)" }
  }

  var medianFaults: Int {
    perSchedule.isEmpty ? 0 : perSchedule.sorted()[perSchedule.count / 2]
  }

  var line: String {
    let hours = simulated.components.seconds / 3600
    return "\(schedules) schedules, \(hours) simulated hours, \(faults.total) faults injected "
      + "(median \(medianFaults) a schedule), \(violations) violations"
  }
}
