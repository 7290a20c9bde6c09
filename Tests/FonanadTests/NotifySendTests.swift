import FonanaTestSupport
import Glibc
import Logging
import Testing

@testable import fonanad

/// The program that shows pop-ups, run as a desktop would.
@Suite(.timeLimit(.minutes(1))) struct NotifySendTests {
  /// A program that counts how often it was to show something, and its pop-ups.
  private func withProgram(
    _ end: String, _ body: (NotifySend, TemporaryHome) async throws -> Void
  ) async throws {
    try await withTemporaryHome { home in
      let program = try home.write(
        "#!/bin/sh\n[ \"$1\" = --help ] || echo x >>\"$HOME/shown\"\n\(end)\n", to: "notify")
      chmod(program, 0o700)
      let environment = ["HOME": home.path, "PATH": "/usr/bin:/bin"]
      try await body(
        NotifySend(program: program, environment: environment, logger: Logger(label: "test")), home)
    }
  }

  @Test func afterThreeFailuresItRests() async throws {
    try await withProgram("exit 1") { popUps, home in
      for _ in 0..<6 {
        #expect(await !popUps.show(DesktopNotification(title: "a", body: "b")))
      }
      let shown = try home.text(of: "shown")
      #expect(shown == "x\nx\nx\n")
    }
  }

  /// Failures that lie apart are no reason to rest.
  @Test func aSuccessForgetsFailures() async throws {
    try await withProgram(#"[ "$(wc -l <"$HOME/shown")" = 3 ]"#) { popUps, home in
      var shown: [Bool] = []
      for _ in 0..<2 { shown.append(await popUps.show(DesktopNotification(title: "a", body: "b"))) }
      #expect(shown == [false, false])
      #expect(await popUps.show(DesktopNotification(title: "a", body: "b")))
      for _ in 0..<6 { _ = await popUps.show(DesktopNotification(title: "a", body: "b")) }
      let all = try home.text(of: "shown")
      #expect(all.split(separator: "\n").count == 6)
    }
  }
}
