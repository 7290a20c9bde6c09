import Subprocess

extension SystemProgram {
  /// Runs a program that may take long, and gives each line of its output to `take` when it comes.
  /// Cancelling the task ends it. A line of more than 4 KiB ends the reading.
  static func lines(
    _ name: String, _ arguments: [String], _ environment: [String: String],
    _ take: (String) async -> Void
  ) async {
    guard let program = find(name, environment) else { return }
    _ = try? await Subprocess.run(
      configuration(program, arguments, environment), input: .none, output: .sequence,
      error: .discarded
    ) { execution in
      var rest: [UInt8] = []
      for try await part in execution.standardOutput {
        rest += part.withUnsafeBytes { Array($0) }
        while let end = rest.firstIndex(of: 0x0a) {
          await take(String(decoding: rest[..<end], as: UTF8.self))
          rest.removeSubrange(...end)
        }
        guard rest.count < 4096 else { return }
      }
    }
  }
}
