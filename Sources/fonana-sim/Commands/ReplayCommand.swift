import ArgumentParser
import FoundationEssentials

/// Runs one seed and prints what happens, or repeats what a daemon has recorded.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Runs one seed and prints its trace, or repeats the record of a daemon.")

  @Option(help: "The seed.")
  var seed: UInt64?

  @Option(help: "A file of “fonanad --record FILE”.")
  var trace: String?

  @OptionGroup var options: SimOptions

  func validate() throws {
    guard (seed == nil) != (trace == nil) else {
      throw ValidationError("Give either --seed or --trace.")
    }
  }

  func run() async throws {
    if let seed { try replay(seed) }
    if let trace { try replay(Self.record(trace)) }
  }

  private static func record(_ path: String) throws -> Data {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw ValidationError("“\(path)” can't be read.")
    }
    return data
  }

  private func replay(_ seed: UInt64) throws {
    let simulation = options.schedule.simulation(seed, keepsTrace: true)
    let verdict = simulation.run()
    for line in simulation.trace.lines { print(line) }
    print("trace \(String(verdict.hash, radix: 16))")
    guard let violation = verdict.violation else { return }
    print("FAIL seed=\(seed) invariant=\(violation.invariant) (\(violation.text))")
    throw ExitCode(1)
  }

  private func replay(_ record: Data) throws {
    var replay = TraceReplay()
    var different = 0
    for (number, line) in record.split(separator: UInt8(ascii: "\n")).enumerated() {
      guard let again = try replay.play(Data(line)) else { continue }
      different += 1
      print("line \(number + 1) was  \(String(decoding: line, as: UTF8.self))")
      print("line \(number + 1) is   \(String(decoding: again, as: UTF8.self))")
    }
    print(
      "\(replay.processes) processes, \(replay.events) events, \(replay.effects) effects, "
        + "\(different) different")
    if different > 0 || replay.events == 0 { throw ExitCode(1) }
  }
}
