import ArgumentParser
import SyncEngine

struct SimOptions: ParsableArguments {
  @Option(help: "P1: handlers finish within the quarantine; P2: minutes later.")
  var profile: Profile = .p1

  @Flag(help: "No faults at all.")
  var calm = false

  @Option(help: "Only these kinds of faults strike, separated by commas.")
  var faults: FaultList?

  @Option(help: "Minutes of chaos.")
  var minutes: Int?

  @Option(help: "How many messages the person sends.")
  var sends: Int?

  @Option(help: "How many messages the partners write.")
  var partners: Int?

  @Option(help: "How often the person edits what waits; 0: never.")
  var edits: Int?

  @Option(help: "How many of a partner's names the person uses.")
  var names: Int?

  @Option(help: "How many of ten messages are sent only as long as the other has not written.")
  var conditions: Int?

  @Option(help: "How many of ten messages carry an image, a price or metadata.")
  var enclosures: Int?

  @Option(help: "How many of ten parked messages are held, and perhaps dropped later.")
  var holds: Int?

  @Option(help: "A deliberate defect of the core; see “mutants”.")
  var mutant: EngineMutant?

  @Option(help: "A deliberate defect of the world, to show that the checks can fail.")
  var mutation: Mutation?

  @Option(help: "memory, or sqlite: the daemon's own store, compared with the memory's.")
  var store: StoreKind = .memory

  var schedule: Schedule {
    Schedule(
      profile: profile, isCalm: calm,
      restriction: Restriction(
        faults: faults?.kinds, minutes: minutes, sends: sends, partnerMessages: partners,
        edits: edits, names: names, conditions: conditions,
        enclosures: enclosures, holds: holds),
      mutant: mutant, mutation: mutation, store: store)
  }

  /// What a replay needs beside the seed.
  func arguments(for schedule: Schedule) -> String {
    let profile = schedule.profile
    return (profile == .p1 ? "" : " --profile \(profile.rawValue)") + (calm ? " --calm" : "")
      + (mutant.map { " --mutant \($0.rawValue)" } ?? "")
      + (mutation.map { " --mutation \($0.rawValue)" } ?? "")
      + schedule.restriction.arguments + (store == .memory ? "" : " --store \(store.rawValue)")
  }
}

/// `crash,tie`; nothing at all is no fault.
struct FaultList: ExpressibleByArgument {
  let kinds: [FaultKind]

  init?(argument: String) {
    let kinds = argument.split(separator: ",").map(FaultKind.init(name:))
    guard !kinds.contains(nil) else { return nil }
    self.kinds = kinds.compactMap { $0 }
  }
}

extension Restriction {
  fileprivate var arguments: String {
    let kinds = faults.map { $0.map { "\($0)" }.joined(separator: ",") }
    let numbers: [(name: String, value: Int?)] = [
      ("minutes", minutes), ("sends", sends), ("partners", partnerMessages), ("edits", edits),
      ("names", names), ("conditions", conditions), ("enclosures", enclosures),
      ("holds", holds),
    ]
    let options = numbers.compactMap { name, value in value.map { " --\(name) \($0)" } }
    return (kinds.map { " --faults \"\($0)\"" } ?? "") + options.joined()
  }
}

extension Profile: ExpressibleByArgument {}
extension Mutation: ExpressibleByArgument {}
extension StoreKind: ExpressibleByArgument {}
extension EngineMutant: ExpressibleByArgument {}
