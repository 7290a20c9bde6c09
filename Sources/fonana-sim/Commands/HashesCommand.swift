import ArgumentParser

/// The traces of seeds as numbers: two processes have to print the same (docs/reliability.md).
struct HashesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hashes", abstract: "Prints the hash of each seed's trace.")

  @Option(help: "How many seeds.")
  var seeds = 100

  @Option(help: "The first seed.")
  var first: UInt64 = 1

  @OptionGroup var options: SimOptions

  func run() async throws {
    let schedule = options.schedule
    var hashes: [UInt64: UInt64] = [:]
    let campaign = Campaign(first: first, count: seeds, timeBox: nil) { schedule.run($0) }
    await campaign.run { hashes[$0.seed] = $0.hash }
    for seed in hashes.keys.sorted() { print("\(seed) \(String(hashes[seed] ?? 0, radix: 16))") }
  }
}
