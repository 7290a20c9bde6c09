import SyncEngine

/// How each seed of a campaign is run.
struct Schedule: Sendable {
  var profile: Profile = .p1
  var isCalm = false
  var restriction = Restriction()
  var mutant: EngineMutant?
  var mutation: Mutation?
  var store: StoreKind = .memory

  func run(_ seed: UInt64) -> Verdict {
    let verdict = simulation(seed).run()
    guard store != .memory, verdict.violation == nil else { return verdict }
    var model = self
    model.store = .memory
    return verdict.compared(to: model.run(seed))
  }

  func of(_ regression: Regression) -> Schedule {
    var schedule = self
    (schedule.profile, schedule.restriction) = (regression.profile, regression.restriction)
    return schedule
  }

  func playing(_ regression: Regression) -> Verdict { of(regression).run(regression.seed) }

  func simulation(_ seed: UInt64, keepsTrace: Bool = false) -> Simulation {
    var plan = SwarmPlan(
      seed: seed, profile: profile, isCalm: isCalm, restriction: restriction)
    plan.mutant = mutant
    return Simulation(plan: plan, mutation: mutation, keepsTrace: keepsTrace, store: store)
  }
}

extension Verdict {
  /// On a real store everything goes as it does on the model.
  fileprivate func compared(to model: Verdict) -> Verdict {
    guard hash != model.hash else { return self }
    var verdict = self
    verdict.violation = Violation(
      invariant: 15,
      text: "trace \(String(hash, radix: 16)), by the model \(String(model.hash, radix: 16))")
    return verdict
  }
}
