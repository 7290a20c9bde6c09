import Glibc
import Subprocess

/// Programs of the system that the daemon starts: without a shell, and for a limited time.
enum SystemProgram {
  struct Answer: Sendable {
    let isSuccess: Bool
    let output: String
    /// What it said on stderr.
    let errors: String
  }

  /// How a program that was fed has ended, with the end of its stderr.
  enum Ending: Sendable {
    case exited(Int32, errors: String)
    case signaled(Int32, errors: String)
    case timedOut
    case notStarted(String)
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
    guard let program = find(name, environment) else { return nil }
    let configuration = configuration(program, arguments, environment)
    // Cancelling ends the program by its teardown sequence.
    return await within(limit, orElse: nil) {
      let result = try? await Subprocess.run(
        configuration, input: .none, output: .string(limit: 16_384),
        error: .bytes(limit: 1 << 20))
      return result.map {
        Answer(
          isSuccess: $0.terminationStatus.isSuccess, output: $0.standardOutput,
          errors: String(decoding: $0.standardError, as: UTF8.self))
      }
    }
  }

  /// `inGroup`: with a process group of its own, which ends as a whole.
  static func configuration(
    _ program: String, _ arguments: [String], _ environment: [String: String],
    inGroup: Bool = false
  ) -> Configuration {
    let variables = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
    var options = PlatformOptions()
    if inGroup { options.processGroupID = 0 }
    options.teardownSequence = [
      .gracefulShutDown(toProcessGroup: inGroup, allowedDurationToNextStep: .milliseconds(200))
    ]
    return Configuration(
      executable: .path(literal(program)), arguments: Arguments(arguments),
      environment: .custom(Dictionary(variables) { $1 }), platformOptions: options)
  }

  /// A `FilePath` by its conformance: its module is none of our dependencies.
  private static func literal<Path: ExpressibleByStringLiteral>(_ text: String) -> Path
  where Path.StringLiteralType == String {
    Path(stringLiteral: text)
  }
}
