import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

@testable import fonanad

/// Programs that are fed: hooks, and the keyring's.
@Suite(.timeLimit(.minutes(1))) struct FedProgramTests {
  private static let environment = ["PATH": "/usr/bin:/bin"]

  private func run(
    _ script: String, _ input: String = "", within limit: Duration = .seconds(30)
  ) async -> SystemProgram.Ending {
    await SystemProgram.feed(
      ["/bin/sh", "-c", script], Array(input.utf8), Self.environment, within: limit)
  }

  @Test func itsInputComesWholeAndEnds() async {
    let input = String(repeating: "x", count: 300_000)
    guard case .exited(0, let errors) = await run("wc -c >&2", input) else {
      Issue.record("it failed")
      return
    }
    #expect(errors == "300000\n")
  }

  @Test func oneThatSaysAlotHasNotFailedAndItsLastWordsAreKept() async {
    let ending = await run("head -c 3000000 /dev/zero | tr '\\0' x >&2; echo the end >&2")
    guard case .exited(0, let errors) = ending else {
      Issue.record("\(ending)")
      return
    }
    #expect(errors.count == 2000 && errors.hasSuffix("xthe end\n"))
  }

  /// Whoever runs on in the background holds its stderr.
  @Test func itIsDoneWhenItHasEndedItself() async throws {
    try await withTemporaryHome { home in
      let ending = await run("sleep 1000 & echo $! > \(home.path)/child; echo said >&2; exit 3")
      guard case .exited(3, let errors) = ending else {
        Issue.record("\(ending)")
        return
      }
      #expect(errors == "said\n")
      kill(try child(home), SIGKILL)
    }
  }

  @Test func afterItsTimeItMayTidyUpAndNobodyOfItsGroupIsLeft() async throws {
    try await withTemporaryHome { home in
      let ending = await run(
        """
        (trap '' TERM; while :; do sleep 0.01; done) & echo $! > \(home.path)/child
        trap 'sleep 0.05; echo tidy > \(home.path)/end; exit' TERM; while :; do sleep 0.01; done
        """, within: .seconds(3))
      guard case .timedOut = ending else {
        Issue.record("\(ending)")
        return
      }
      #expect(try String(contentsOfFile: "\(home.path)/end", encoding: .utf8) == "tidy\n")
      let child = try child(home)
      while isRunning(child) { await Task.yield() }
    }
  }

  private func child(_ home: TemporaryHome) throws -> pid_t {
    let text = try String(contentsOfFile: "\(home.path)/child", encoding: .utf8)
    return try #require(pid_t(text.prefix { $0.isNumber }))
  }

  /// Not gone, nor waiting for somebody to hear of its end.
  private func isRunning(_ id: pid_t) -> Bool {
    let state = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)
    return state.map { !$0.contains(") Z ") } ?? false
  }
}
