import Glibc
import Subprocess

/// Programs of the system that the daemon starts: without a shell, and for a limited time.
enum SystemProgram {
  struct Answer: Sendable {
    let isSuccess: Bool
    let output: String
  }

  /// A name without a slash is looked for where a shell would.
  static func find(_ name: String, _ environment: [String: String]) -> String? {
    let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    let places = name.contains("/") ? [name] : folders.map { "\($0)/\(name)" }
    return places.first { access($0, X_OK) == 0 }
  }

  /// nil when it can't be started or takes longer than `limit`: then it is ended.
  static func run(
    _ name: String, _ arguments: [String], _ environment: [String: String],
    within limit: Duration = .seconds(3)
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
        try? await Task.sleep(for: limit)
        return nil
      }
      // Cancelling ends the program by its teardown sequence.
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
  }
}
