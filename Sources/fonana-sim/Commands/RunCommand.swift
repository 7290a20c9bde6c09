import ArgumentParser

/// Runs many seeds on all cores.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs seeds and tells what was found.")

  @Option(help: "How many seeds.")
  var seeds = 100

  @Option(help: "The first seed.")
  var first: UInt64 = 1

  @Option(help: "Stop after so many seconds.")
  var timeBox: Int?

  @OptionGroup var options: SimOptions

  func run() async throws {
    var report = Report()
    let schedule = options.schedule
    let campaign = Campaign(first: first, count: seeds, timeBox: timeBox) { schedule.run($0) }
    await campaign.run { verdict in
      report.add(verdict)
      guard let violation = verdict.violation else { return }
      print(
        "FAIL seed=\(verdict.seed) invariant=\(violation.invariant) (\(violation.text)); "
          + "replay: fonana-sim replay --seed \(verdict.seed)\(options.arguments)")
    }
    print(report.line)
    if report.violations > 0 { throw ExitCode(1) }
  }
}
