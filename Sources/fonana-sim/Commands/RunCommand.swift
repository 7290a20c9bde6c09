import ArgumentParser
import FonanaCore

/// Runs many seeds on all cores, those that have found something once before all others.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs seeds and tells what was found.")

  @Option(help: "How many seeds.")
  var seeds = 100

  @Option(help: "The first seed.")
  var first: UInt64 = 1

  @Option(help: "Stop after this time: 90s, 5m, 2h, or so many seconds.")
  var timeBox: TimeBox?

  @Option(help: "Fail when fewer seeds were run in that time.")
  var floor = 0

  @Option(help: "Schedules that are run first, and to which what fails is added.")
  var regressions = RegressionFile.usual

  @OptionGroup var options: SimOptions

  func validate() throws {
    guard seeds > 0 else { throw ValidationError("Without a seed nothing is shown.") }
  }

  func run() async throws {
    var report = Report()
    let schedule = options.schedule
    let file = RegressionFile(path: regressions)
    for regression in file.regressions {
      add(schedule.playing(regression), of: schedule.of(regression), to: &report)
    }
    let count = file.regressions.count
    print(file.isThere ? "\(count) regressions played" : "no regressions: no \(regressions)")
    let campaign = Campaign(first: first, count: seeds, timeBox: timeBox?.duration) {
      schedule.run($0)
    }
    var played = 0
    await campaign.run { verdict in
      played += 1
      if played % 1000 == 0 { print("\(played) schedules so far") }
      add(verdict, of: schedule, to: &report)
    }
    print(report.line)
    if played < floor { print("fewer than \(floor) schedules") }
    if report.violations > 0 || played < floor { throw ExitCode(1) }
  }

  private func add(_ verdict: Verdict, of schedule: Schedule, to report: inout Report) {
    report.add(verdict)
    guard let violation = verdict.violation else { return }
    let shrinker = Shrinker(
      schedule: schedule, seed: verdict.seed, invariant: violation.invariant)
    var small = schedule
    small.restriction = shrinker.shrink(schedule.restriction)
    let found = Regression(
      seed: verdict.seed, profile: schedule.profile, restriction: small.restriction)
    print(
      "FAIL \(found.line) invariant=\(violation.invariant) (\(violation.text)); "
        + "replay: fonana-sim replay --seed \(verdict.seed)\(options.arguments(for: small))")
    let isWhole = schedule.mutant == nil && schedule.mutation == nil && schedule.store == .memory
    if isWhole, RegressionFile(path: regressions).add(found, because: violation.text) {
      print("  added to \(regressions)")
    }
  }
}

struct TimeBox: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    guard let duration = DurationText.duration(argument) ?? DurationText.duration(argument + "s")
    else { return nil }
    self.duration = duration
  }
}
