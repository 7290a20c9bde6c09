package import FonanaCore
package import Glibc

/// A child started with `posix_spawn`.
package struct ChildProcess: Sendable {
  package enum Output: Sendable {
    case inherit
    case discard
    case file(String)
    case descriptor(Int32)
  }

  package let pid: pid_t

  /// `isDetached`: a session of its own, so that the terminal's signals don't reach it.
  package init(
    _ executable: String, _ arguments: [String], environment: [String: String],
    isDetached: Bool = false, input: Output = .inherit, output: Output = .inherit,
    error: Output = .inherit
  ) throws(FonanaError) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    Self.redirect(0, input, O_RDONLY, &actions)
    Self.redirect(1, output, O_WRONLY, &actions)
    Self.redirect(2, error, O_WRONLY, &actions)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    Self.restoreSignals(&attributes, isDetached: isDetached)

    var child: pid_t = 0
    let variables = environment.map { "\($0)=\($1)" }.sorted()
    let result = Self.withCStrings([executable] + arguments) { arguments in
      Self.withCStrings(variables) { variables in
        posix_spawn(&child, executable, &actions, &attributes, arguments, variables)
      }
    }
    guard result == 0 else {
      throw FonanaError(
        .daemonUnavailable, "\(executable) can't be started: \(SystemError.text(result)).")
    }
    pid = child
  }

  /// The exit code once it has ended (128 + the signal's number when a signal ended it), nil
  /// while it runs.
  package func exitCodeIfEnded() -> Int32? {
    var status: Int32 = 0
    return waitpid(pid, &status, WNOHANG) == pid ? Self.code(status) : nil
  }

  package func waitForExit() -> Int32 {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 {
      if errno != EINTR { return 1 }
    }
    return Self.code(status)
  }

  /// Of the status that `waitpid` gives.
  package static func code(_ status: Int32) -> Int32 {
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : 128 + signal
  }

  private static func redirect(
    _ number: Int32, _ output: Output, _ flags: Int32,
    _ actions: inout posix_spawn_file_actions_t
  ) {
    switch output {
    case .inherit: break
    case .discard: posix_spawn_file_actions_addopen(&actions, number, "/dev/null", flags, 0)
    case .file(let path):
      posix_spawn_file_actions_addopen(&actions, number, path, flags | O_CREAT | O_TRUNC, 0o600)
    case .descriptor(let source): posix_spawn_file_actions_adddup2(&actions, source, number)
    }
  }

  /// Whoever starts it may ignore or block signals; its children must not inherit that.
  private static func restoreSignals(_ attributes: inout posix_spawnattr_t, isDetached: Bool) {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGPIPE, SIGINT, SIGTERM] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    let session = isDetached ? newSession : 0
    let flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK) | session
    posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  /// POSIX_SPAWN_SETSID, which Swift's Glibc module leaves out.
  private static let newSession: Int32 = 0x80

  private static func withCStrings<R>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R
  ) -> R {
    let pointers = texts.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
  }
}
