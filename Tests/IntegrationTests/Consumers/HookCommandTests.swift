import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

extension RealBinaries {
  /// Hooks as a person sees them, and at the end of their daemon.
  @Suite struct HookCommandTests {
    private func desk(_ scene: Scene, _ script: String, _ settings: String = "") throws -> Desk {
      let desk = scene.desk
      let program = try desk.home.write("#!/bin/sh\n\(script)\n", to: "hook")
      chmod(program, 0o700)
      try desk.home.write(
        """
        [[hook]]
        name = "mine"
        command = ["\(program)"]
        \(settings)
        """, to: "f/config.toml")
      return desk
    }

    /// What is left of a hook when its daemon is gone: `fonana` there finds none, and makes none.
    @Test func aHookStartsNoSecondDaemon() async throws {
      try await withScene { scene in
        let fonana = scene.desk.command.path
        let desk = try desk(
          scene,
          """
          setsid sh -c 'echo begun >"$HOME/begun"; while kill -0 '$PPID'; do sleep 0.05; done
            "\(fonana)" send @bob late; echo $? >"$HOME/result"' >/dev/null 2>&1
          """)
        for name in ["begun", "result"] { try #require(mkfifo(desk.home.path(name), 0o600) == 0) }
        try await scene.withListeningDaemon { _ in
          scene.bobWrites("hello", push: true)
          let begun = try await line(in: "begun", desk)
          #expect(begun == "begun\n")
        }
        #expect(try await line(in: "result", desk) == "69\n")
        #expect(try await desk.fonana("status").status == 69)
        #expect(scene.textsFromAlice.isEmpty)
      }
    }

    /// Its name goes with all others; it begins anew when somebody logs in.
    @Test func aHookHearsWhatFollowsALogout() async throws {
      try await withScene { scene in
        let desk = try desk(
          scene, #"echo "$FONANA_CONTENT" >"$HOME/told""#, #"events = ["message.sent"]"#)
        try #require(mkfifo(desk.home.path("told"), 0o600) == 0)
        try await desk.withDaemon { _ in
          try await desk.waitUntil("synced")
          #expect(try await desk.fonana("logout", "--purge", "--yes").status == 0)
          let login = ["login", "--wallet", scene.alice.wallet, "--no-input"]
          #expect(try await desk.run(login).status == 0)
          try await desk.waitUntil("synced")
          let sent = try await desk.fonana("send", "@bob", "after all", "--wait")
          #expect(sent.status == 0, "\(sent)")
          #expect(try await line(in: "told", desk) == "after all\n")
        }
      }
    }

    @Test func aFailingHookIsShownWithItsLastWordAndWhatWaits() async throws {
      try await withScene { scene in
        let desk = try desk(
          scene, "echo 'first line' >&2; echo 'out of order' >&2; exit 3", "attempts = 1")
        try await scene.withListeningDaemon { _ in
          try await desk.withWatch { watch in
            for text in ["one", "two"] {
              scene.bobWrites(text, push: true)
              _ = try await desk.nextMessage(on: watch)
            }
          }
          // Reading changes messages and the conversation, for which this hook does not wait.
          #expect(try await desk.fonana("read", "@bob").status == 0)
          var hook: HooksDocument.Hook?
          while hook?.state != "parked" {
            hook = try await desk.json(HooksDocument.self, "hooks").hooks.first
          }
          #expect(hook?.waiting == 2 && hook?.reason == "exit 3: out of order")
          let shown = try await desk.fonana("hooks")
          #expect(shown.output.contains("parked, 1 failure: exit 3: out of order"), "\(shown)")
        }
      }
    }

    /// Waits for the one who writes it.
    private func line(in fifo: String, _ desk: Desk) async throws -> String {
      try await Program("/bin/cat").run([desk.home.path(fifo)]).output
    }
  }
}
