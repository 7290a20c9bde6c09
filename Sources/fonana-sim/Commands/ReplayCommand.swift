import ArgumentParser

/// Runs one seed and prints what happens.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Runs one seed and prints its trace.")

  @Option(help: "The seed.")
  var seed: UInt64

  @OptionGroup var options: SimOptions

  func run() async throws {
    let simulation = options.schedule.simulation(seed, keepsTrace: true)
    let verdict = simulation.run()
    for line in simulation.trace.lines { print(line) }
    print("trace \(String(verdict.hash, radix: 16))")
    guard let violation = verdict.violation else { return }
    print("FAIL seed=\(seed) invariant=\(violation.invariant) (\(violation.text))")
    throw ExitCode(1)
  }
}
