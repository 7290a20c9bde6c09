import FonanaTestSupport
import Testing

/// How long each command takes: the median of seven runs. Each must end with exit 0.
func medians(of commands: [[String]], at desk: Desk) async throws -> [String: Duration] {
  var medians: [String: Duration] = [:]
  for command in commands {
    var durations: [Duration] = []
    for _ in 0..<7 {
      let result = try await desk.command.run(command)
      try #require(result.status == 0, "\(command): \(result)")
      durations.append(result.duration)
    }
    medians[command[0]] = durations.sorted()[durations.count / 2]
  }
  return medians
}

/// Prints both; the aim is 1.2, the limit wide since the machine may be busy.
func compare(_ online: [String: Duration], _ offline: [String: Duration]) {
  for (command, before) in online.sorted(by: { $0.key < $1.key }) {
    guard let after = offline[command] else { continue }
    let ratio = after / before
    print("measured: \(command): online \(before), server dead \(after), ratio \(ratio) (aim: 1.2)")
    #expect(after < before * 3 + .milliseconds(20), "\(command) is slow without the server")
  }
}
