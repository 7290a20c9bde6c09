import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import Glibc
import Testing

@testable import fonanad

/// `[[hook]]`: real programs, started by a daemon in this process.
@Suite(.timeLimit(.minutes(2))) struct HookTests {
  /// Hooks for sent messages, so that each test knows what comes; `$OUT` is in the home.
  private func options(
    _ home: String, _ script: String, _ settings: String = "", name: String = "h"
  ) -> TestDaemonOptions {
    var options = TestDaemonOptions()
    options.environment = ["HOME": home, "PATH": "/usr/bin:/bin"]
    options.configuration = """
      [[hook]]
      name = "\(name)"
      command = ["/bin/sh", "-c", '''
      \(script)
      ''', "sh", "an argument; rm -rf x"]
      events = ["message.sent"]
      \(settings)
      """
    return options
  }

  private func withHook(
    _ script: String, _ settings: String = "",
    _ body: @Sendable (TestDaemon, TemporaryHome) async throws -> Void
  ) async throws {
    try await withTemporaryHome { home in
      try await withReferenceServer { server in
        try await prepare(server)
        try await withDaemon(in: home, server, options(home.path, script, settings)) { test in
          try await test.logIn()
          try await test.wait(for: .synced)
          try await body(test, home)
        }
      }
    }
  }

  private func prepare(_ server: ReferenceServer) async throws {
    let me = server.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
    let bob = server.world.makeUser(nickname: "bob")
    _ = server.world.makeConversation(me.id, bob.id)
  }

  /// Looks again and again; the suite's time limit is the end.
  private func hook(
    _ test: TestDaemon, until isReached: (HookInfo) -> Bool
  ) async throws -> HookInfo {
    while true {
      let hooks = try await test.call(Calls.listHooks, NoParameters()).hooks
      let hook = try #require(hooks.first)
      if isReached(hook) { return hook }
      try Task.checkCancellation()
      // Not parked for a reason that the test does not ask for: it would be waited for in vain.
      try #require(hook.failures < 5, "\(hook.reason ?? "")")
    }
  }

  private func untilIdle(_ test: TestDaemon) async throws {
    _ = try await hook(test) { $0.state == .idle && $0.waiting == 0 }
  }

  @Test func aHookGetsTheEventOnStdinAndInVariables() async throws {
    let script = #"cat >> "$HOME/in"; echo "$1" >> "$HOME/args"; env >> "$HOME/env""#
    try await withHook(script) { test, home in
      let sent = try await test.send("hello 'there'\n", to: "bob")
      try await untilIdle(test)
      let line = try home.text(of: "in")
      let event = try ControlJSON.decode(WatchEvent.self, from: Array(line.utf8.dropLast()))
      #expect(line.contains(#""schema":1"#) && line.hasSuffix("}\n"))
      guard case .message(let message) = event.data else {
        Issue.record("no message: \(line)")
        return
      }
      #expect(message.id == sent.messageId && message.content == "hello 'there'\n")
      #expect(try home.text(of: "args") == "an argument; rm -rf x\n")
      let variables = try home.text(of: "env")
      for expected in [
        "FONANA_EVENT=message.sent", "FONANA_CURSOR=\(event.cursor)", "FONANA_IS_OWN=true",
        "FONANA_MESSAGE_ID=\(sent.messageId?.rawValue ?? "?")", "FONANA_CONTENT=hello 'there'",
        "FONANA_PROFILE=default", "FONANA_HOOK=h", "FONANA_ATTEMPT=1",
      ] {
        #expect(variables.contains(expected), "\(expected) is missing in \(variables)")
      }
      #expect(!variables.contains("FONANA_SERVER"))
    }
  }

  @Test func whatFailsIsTriedAgainInOrder() async throws {
    let script = #"""
      echo "$FONANA_CONTENT $FONANA_ATTEMPT" >> "$HOME/out"; [ "$FONANA_ATTEMPT" -ge 2 ]
      """#
    try await withHook(script) { test, home in
      for text in ["one", "two"] { _ = try await test.send(text, to: "bob") }
      try await untilIdle(test)
      #expect(try home.text(of: "out") == "one 1\none 2\ntwo 1\ntwo 2\n")
    }
  }

  /// It may have repeated the message that it got.
  @Test func whatAHookWroteIsForItsOwnerAndInNoBugReport() async throws {
    let script = #"echo "$FONANA_MESSAGE_ID: $FONANA_CONTENT" >&2; exit 3"#
    try await withHook(script, "attempts = 2") { test, _ in
      let sent = try await test.send("canary text", to: "bob")
      let parked = try await hook(test) { $0.state == .parked }
      let id = try #require(sent.messageId?.rawValue)
      #expect(parked.reason == "exit 3: \(id): canary text")
      let line = try await test.call(Calls.doctor, DoctorRequest(offline: true)).checks
        .first { $0.id == DoctorLink.hooks.rawValue }
      #expect(line?.detail == "“h” has failed 2 times (exit 3) and is parked")
      let up = try await test.call(Calls.bugReport, DoctorRequest(offline: true)).text
      let environment = test.daemon.context.launch.environment
      let down = await BugReport(bench: try DoctorBench(LaunchOptions(), environment)).text()
      for text in [up, down] {
        #expect(!text.contains("canary") && !text.contains(id))
        #expect(text.contains("A hook has failed") && text.contains("reason=\"exit 3\""))
      }
      #expect(up.contains(#""reason":"exit 3""#))
    }
  }

  @Test func aHookThatFailsForEverIsParkedAndGoesOnByAWord() async throws {
    let script = #"""
      [ -e "$HOME/mended" ] || { echo "out of order" >&2; exit 3; }; echo "$FONANA_CONTENT" >> "$HOME/out"
      """#
    try await withHook(script, "attempts = 2") { test, home in
      for text in ["one", "two", "three"] { _ = try await test.send(text, to: "bob") }
      let parked = try await hook(test) { $0.state == .parked }
      #expect(parked.failures == 2 && parked.reason == "exit 3: out of order")
      #expect(parked.parkedAt != nil)
      // Each of them has changed the outbox too, which this hook does not ask for.
      #expect(parked.waiting == 3)
      let status = try await test.call(Calls.status, NoParameters())
      #expect(status.hooks.map(\.state) == [.parked])
      let report = try await test.call(Calls.doctor, DoctorRequest(offline: true))
      let line = report.checks.first { $0.id == DoctorLink.hooks.rawValue }
      #expect(line?.status == .warn && line?.hint?.contains("hooks retry h") == true)

      _ = try await test.call(Calls.skipHook, ConsumerTarget(name: "h"))
      _ = try await hook(test) { $0.state == .parked && $0.parkedAt != parked.parkedAt }
      try home.write("", to: "mended")
      _ = try await test.call(Calls.retryHook, ConsumerTarget(name: "h"))
      try await untilIdle(test)
      #expect(try home.text(of: "out") == "two\nthree\n")
      let error = await #expect(throws: FonanaError.self) {
        try await test.call(Calls.retryHook, ConsumerTarget(name: "h"))
      }
      #expect(error?.code == .conflict)
    }
  }

  /// The event was done when the word came: it is none about the next one.
  @Test func aSkipThatComesTooLateSkipsNothingElse() async throws {
    let script = #"""
      [ "$FONANA_ATTEMPT" = 1 ] && exit 3
      if [ "$FONANA_CONTENT" = one ]; then
        : > "$HOME/started"; while [ ! -e "$HOME/go" ]; do sleep 0.02; done
      fi
      echo "$FONANA_CONTENT" >> "$HOME/out"
      """#
    try await withHook(script) { test, home in
      for text in ["one", "two"] { _ = try await test.send(text, to: "bob") }
      while access(home.path("started"), F_OK) != 0 { try Task.checkCancellation() }
      _ = try await test.call(Calls.skipHook, ConsumerTarget(name: "h"))
      try home.write("", to: "go")
      try await untilIdle(test)
      #expect(try home.text(of: "out") == "one\ntwo\n")
    }
  }

  @Test func aHookThatHangsIsEndedWithItsChildren() async throws {
    let script = #"""
      [ -e "$HOME/mended" ] && exit 0
      sleep 1000 & [ "$FONANA_ATTEMPT" = 1 ] && echo $! > "$HOME/pid"; wait
      """#
    try await withHook(script, "timeout_seconds = 1") { test, home in
      _ = try await test.send("one", to: "bob")
      let hung = try await hook(test) { $0.failures > 0 }
      #expect(hung.reason == "took longer than 1 s")
      let child = try #require(Int32(try home.text(of: "pid").dropLast()))
      while kill(child, 0) == 0, !isZombie(child) { await Task.yield() }
      try home.write("", to: "mended")
      try await untilIdle(test)
    }
  }

  /// In a container nobody may take up the orphan.
  private func isZombie(_ pid: Int32) -> Bool {
    let stat = (try? TemporaryHome.text(at: "/proc/\(pid)/stat")) ?? ") Z"
    return stat.contains(") Z")
  }

  @Test func aHookNeedNotReadAndMayWriteMuch() async throws {
    let script = #"head -c 300000 /dev/zero; echo "$FONANA_CURSOR" >> "$HOME/out""#
    try await withHook(script) { test, home in
      _ = try await test.send(String(repeating: "long ", count: 40_000), to: "bob")
      try await untilIdle(test)
      #expect(try home.text(of: "out").split(separator: "\n").count == 1)
    }
  }

  /// While the hook's events wait the daemon ends; the next one goes on from the cursor.
  @Test func aHookGoesOnAfterARestart() async throws {
    try await withTemporaryHome { home in
      try await withReferenceServer { server in
        try await prepare(server)
        let closed = options(
          home.path,
          #"[ -e "$HOME/open" ] && echo "$FONANA_CONTENT $FONANA_REPLAYED" >> "$HOME/out""#)
        try await withDaemon(in: home, server, closed) { test in
          try await test.logIn()
          for text in ["one", "two"] { _ = try await test.send(text, to: "bob") }
          _ = try await hook(test) { $0.failures > 0 }
        }
        try home.write("", to: "open")
        try await withDaemon(in: home, server, closed) { test in
          try await untilIdle(test)
          #expect(try home.text(of: "out") == "one true\ntwo true\n")
        }
      }
    }
  }
}
