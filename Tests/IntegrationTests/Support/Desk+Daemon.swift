import FonanaTestSupport
import Glibc
import Testing

extension Desk {
  /// In the daemon's log on stderr: commands can come.
  static let readyMark = "The daemon runs."

  /// Starts the daemon and waits until its socket is there; ends it with SIGTERM after `body`, and
  /// expects it to go in order, unless `body` has killed it. One that takes longer than it may ends
  /// itself by a trap.
  func withDaemon<R: Sendable>(
    _ arguments: [String] = [], _ body: (RunningProgram) async throws -> R
  ) async throws -> R {
    try await daemon.withRunning(arguments) { running in
      try await untilItListens(running)
      let result = try await body(running)
      if running.ended == nil {
        running.terminate()
        let exit = try await running.exit(within: .seconds(60))
        #expect(exit == .code(0), "the daemon's end; its log: \(running.errors.text.suffix(2000))")
      }
      return result
    }
  }

  private func untilItListens(_ running: RunningProgram) async throws {
    let line = try await running.errors.nextLine(containing: Desk.readyMark)
    try #require(line != nil, "the daemon ended before it listened: \(running.errors.text)")
  }

  /// Kills the daemon as a power cut would, and waits until it is gone.
  func kill(_ running: RunningProgram) async throws {
    running.kill()
    let exit = try await running.waitForExit()
    #expect(exit == .signal(SIGKILL), "it had ended before: \(running.errors.text.suffix(2000))")
  }

  func waitUntil(_ state: String, timeout: String = "60s") async throws {
    let result = try await fonana("wait", "--for", state, "--timeout", timeout)
    try #require(result.status == 0, "wait --for \(state): \(result)")
  }

  /// The next message that `watch` tells of; other events are passed over.
  func nextMessage(on watch: RunningProgram) async throws -> String? {
    try await watch.output.nextLine(containing: "message.received")
  }

  /// Watches events for as long as `body` takes; `body` begins when the stream is ready.
  func withWatch<R: Sendable>(
    _ body: (RunningProgram) async throws -> R
  ) async throws -> R {
    try await command.withRunning(["watch", "--json"]) { watch in
      let ready = try await watch.output.nextLine()
      try #require(ready?.contains("ready") == true, "watch: \(watch.errors.text)")
      return try await body(watch)
    }
  }
}
