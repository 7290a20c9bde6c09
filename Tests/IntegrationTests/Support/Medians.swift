import FonanaTestSupport
import Testing

/// How quick each command is at its best of seven rounds, in which they take turns: whatever else is
/// busy on the machine meets all of them. Each must end with exit 0.
func shortest(of commands: [[String]], at desk: Desk) async throws -> [String: Duration] {
  var shortest: [String: Duration] = [:]
  for _ in 0..<7 {
    for command in commands {
      let result = try await desk.command.run(command)
      try #require(result.status == 0, "\(command): \(result)")
      shortest[command[0]] = min(shortest[command[0]] ?? result.duration, result.duration)
    }
  }
  return shortest
}

/// Prints both; the aim is 1.2, the limit wide since the machine may be busy. How busy, is shown by
/// `--version`, which asks nobody. A command that waits for the server takes a second more at least.
func compare(_ online: [String: Duration], _ offline: [String: Duration]) {
  let pace = (offline["--version"] ?? .zero) / (online["--version"] ?? .seconds(1))
  for (command, before) in online.sorted(by: { $0.key < $1.key }) {
    guard let after = offline[command] else { continue }
    let ratio = after / before
    print("measured: \(command): online \(before), server dead \(after), ratio \(ratio) (aim: 1.2)")
    #expect(
      after < (before * 3 + .milliseconds(200)) * max(1, pace),
      "\(command) is slow without the server")
  }
}
