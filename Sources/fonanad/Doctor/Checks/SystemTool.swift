import Glibc
import Subprocess

/// Programs of the system that are asked for what they know.
enum SystemTool {
  struct Answer: Sendable {
    let isSuccess: Bool
    let output: String
  }

  private static let patience = Duration.seconds(3)

  static func find(_ name: String, _ environment: [String: String]) -> String? {
    (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map { "\($0)/\(name)" }
      .first { access($0, X_OK) == 0 }
  }

  /// nil when it can't be started or takes too long.
  static func run(
    _ name: String, _ arguments: [String], _ environment: [String: String]
  ) async -> Answer? {
    guard find(name, environment) != nil else { return nil }
    let variables = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .milliseconds(200))]
    let configuration = Configuration(
      executable: .name(name), arguments: Arguments(arguments),
      environment: .custom(Dictionary(variables) { $1 }), platformOptions: options)
    return await withTaskGroup(of: Answer?.self) { group in
      group.addTask {
        let result = try? await Subprocess.run(
          configuration, input: .none, output: .string(limit: 16_384), error: .discarded)
        return result.map {
          Answer(isSuccess: $0.terminationStatus.isSuccess, output: $0.standardOutput)
        }
      }
      group.addTask {
        try? await Task.sleep(for: patience)
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
  }
}
