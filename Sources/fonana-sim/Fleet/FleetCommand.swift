import ArgumentParser

/// What many clients cost the platform.
struct FleetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fleet",
    abstract: "Tells what many clients ask of the platform, idle and after an outage.")

  @Option(help: "How many clients are simulated; larger fleets are multiples of them.")
  var clients = 5000

  @Option(help: "How long the platform is away, in seconds.")
  var outages: [Int] = [30, 600, 7200]

  @Option(help: "Fail when the peak after an outage is more than so many times the mean.")
  var bar: Double?

  @Flag(help: "Also print each second of the minute after the outage, of 1,000 clients.")
  var seconds = false

  private static let sizes = [1000, 100_000, 10_000_000]

  func run() async throws {
    var isFailed = false
    for isWatched in [false, true] {
      for outage in outages {
        let study = FleetStudy(
          clients: clients, isWatched: isWatched, outage: .seconds(outage))
        let tally = await study.run()
        print(isWatched ? "watched" : "idle", "away for \(outage) s", terminator: ": ")
        print("\(clients) clients, \(tally.violations) violations")
        for size in Self.sizes { print(Self.line(size, tally)) }
        if seconds { print("  each second:", Self.seconds(tally)) }
        let ratio = tally.peak / tally.mean
        print("  peak / mean in the minute after it: \(Self.text(ratio))")
        isFailed = isFailed || tally.violations > 0 || bar.map { ratio > $0 } ?? false
      }
    }
    if isFailed { throw ExitCode(1) }
  }

  private static func line(_ size: Int, _ tally: FleetTally) -> String {
    let scale = Double(size)
    let values = [tally.rate(ofHour: 0), tally.rate(ofHour: 1), tally.mean, tally.peak]
    let texts = values.map { text($0 * scale) }
    return "  \(size) clients, requests a second: first hour \(texts[0]), then \(texts[1]); "
      + "after the outage mean \(texts[2]), peak \(texts[3])"
  }

  private static func seconds(_ tally: FleetTally) -> String {
    tally.seconds.map { "\($0 * 1000 / tally.clients)" }.joined(separator: " ")
  }

  /// Two decimals.
  private static func text(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
