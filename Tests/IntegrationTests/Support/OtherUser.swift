import FonanaTestSupport
import Glibc
import Testing

/// Somebody else on this machine; to become them takes root.
struct OtherUser: Sendable {
  static let nobody = 65_534

  private let program: Program
  private let rights: [String]

  init(_ number: Int, _ environment: [String: String]) {
    program = Program("setpriv", environment: environment)
    rights = ["--reuid", "\(number)", "--regid", "\(number)", "--clear-groups"]
  }

  func run(_ command: String...) async throws -> ProgramResult {
    try await program.run(rights + command)
  }

  func withRunning<R: Sendable>(
    _ command: String, _ body: (RunningProgram) async throws -> R
  ) async throws -> R {
    try await program.withRunning(rights + [command], body)
  }
}

extension Desk {
  /// The home becomes nobody's, and so does its daemon.
  func withDaemonOfNobody(
    _ body: (RunningProgram, OtherUser) async throws -> Void
  ) async throws {
    let nobody = OtherUser(OtherUser.nobody, environment)
    chown(home.path, uid_t(OtherUser.nobody), gid_t(OtherUser.nobody))
    try await nobody.withRunning(daemon.path) { daemon in
      let line = try await daemon.errors.nextLine(containing: Desk.readyMark)
      try #require(line != nil, "\(daemon.errors.text)")
      try await body(daemon, nobody)
    }
  }
}
