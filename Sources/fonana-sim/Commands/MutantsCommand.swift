import ArgumentParser
import SyncEngine

/// Shows that the checks see: every mutant of the core has to be found.
struct MutantsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mutants",
    abstract: "Breaks the core in seventeen ways and tells which seed found each.")

  @Option(help: "How many seeds each one may take.")
  var seeds = 1000

  @Option(help: "P1: handlers finish within the quarantine; P2: minutes later.")
  var profile: Profile = .p1

  @Option(help: "Only this one.")
  var only: EngineMutant?

  func run() async throws {
    var found = 0
    let mutants = only.map { [$0] } ?? EngineMutant.ofCore
    for mutant in mutants {
      let caught = await Hunt(mutant: mutant, profile: profile, seeds: seeds).run()
      print(line(mutant, caught))
      if caught != nil { found += 1 }
    }
    print("\(found) of \(mutants.count) mutants found")
    if found < mutants.count { throw ExitCode(1) }
  }

  private func line(_ mutant: EngineMutant, _ caught: Hunt.Catch?) -> String {
    let name = mutant.rawValue + String(repeating: " ", count: 20 - mutant.rawValue.count)
    guard let caught else { return "\(name)SURVIVED \(seeds) schedules" }
    let schedules = caught.verdict.seed == 1 ? "1 schedule" : "\(caught.verdict.seed) schedules"
    return "\(name)invariant \(caught.violation.invariant), seed \(caught.verdict.seed), "
      + "\(schedules): \(caught.violation.text)"
  }
}
