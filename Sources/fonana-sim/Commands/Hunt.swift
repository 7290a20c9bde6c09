import SyncEngine

/// Seeds from 1 on, until one finds the mutant.
struct Hunt: Sendable {
  struct Catch: Sendable {
    var verdict: Verdict
    var violation: Violation
  }

  let mutant: EngineMutant
  let profile: Profile
  let seeds: Int

  /// nil: it has survived.
  func run() async -> Catch? {
    let batch = 16
    let schedule = Schedule(profile: profile, mutant: mutant)
    for first in stride(from: 1, through: seeds, by: batch) {
      var caught: Catch?
      let campaign = Campaign(
        first: UInt64(first), count: min(batch, seeds - first + 1), timeBox: nil
      ) { schedule.run($0) }
      await campaign.run { verdict in
        guard let violation = verdict.violation,
          caught.map({ verdict.seed < $0.verdict.seed }) ?? true
        else { return }
        caught = Catch(verdict: verdict, violation: violation)
      }
      if let caught { return caught }
    }
    return nil
  }
}
