import ArgumentParser
import SyncEngine

struct SimOptions: ParsableArguments {
  @Option(help: "P1: handlers finish within the quarantine; P2: minutes later.")
  var profile: Profile = .p1

  @Flag(help: "No faults at all.")
  var calm = false

  @Option(help: "A deliberate defect of the core; see “mutants”.")
  var mutant: EngineMutant?

  @Option(help: "A deliberate defect of the world, to show that the checks can fail.")
  var mutation: Mutation?

  @Option(help: "memory, or sqlite: the daemon's own store, compared with the memory's.")
  var store: StoreKind = .memory

  var schedule: Schedule {
    Schedule(profile: profile, isCalm: calm, mutant: mutant, mutation: mutation, store: store)
  }

  /// What a replay needs beside the seed.
  var arguments: String {
    (profile == .p1 ? "" : " --profile \(profile.rawValue)") + (calm ? " --calm" : "")
      + (mutant.map { " --mutant \($0.rawValue)" } ?? "")
      + (mutation.map { " --mutation \($0.rawValue)" } ?? "")
      + (store == .memory ? "" : " --store \(store.rawValue)")
  }
}

extension Profile: ExpressibleByArgument {}
extension Mutation: ExpressibleByArgument {}
extension StoreKind: ExpressibleByArgument {}
extension EngineMutant: ExpressibleByArgument {}
