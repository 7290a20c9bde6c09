import ArgumentParser

/// Shows that the schedules get to where something can go wrong.
struct CoverageCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract:
      "Counts how often each fault struck, each edge of the engine's states was walked, and what people did."
  )

  @Option(help: "How many seeds.")
  var seeds = 1000

  @Option(help: "The first seed.")
  var first: UInt64 = 1

  @Option(help: "Fail when a fault, an expected edge or a deed was reached less often.")
  var floor = 0

  @OptionGroup var options: SimOptions

  func run() async throws {
    var report = Report()
    let schedule = options.schedule
    let campaign = Campaign(first: first, count: seeds, timeBox: nil) { schedule.run($0) }
    await campaign.run { report.add($0) }
    print("faults")
    for (kind, count) in report.coverage { print(Self.line("\(kind)", count)) }
    print("edges")
    for (edge, count) in report.edges.outbox.walked { print(Self.line(edge, count)) }
    for (edge, count) in report.edges.link.walked { print(Self.line(edge, count)) }
    for (edge, count) in report.edges.account.walked { print(Self.line(edge, count)) }
    print("deeds")
    for deed in Deed.allCases { print(Self.line("\(deed)", report.deeds[deed])) }
    print(report.line)
    let missed = report.missed(floor: floor)
    print(
      "\(missed.count) below \(floor)\(missed.isEmpty ? "" : ": \(missed.joined(separator: ", "))")"
    )
    if !missed.isEmpty || report.violations > 0 { throw ExitCode(1) }
  }

  private static func line(_ name: String, _ count: Int) -> String {
    "  \(name)\(String(repeating: " ", count: max(1, 28 - name.count)))\(count)"
  }
}
