import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  @Suite(.enabled(if: SmallDisk.isAllowed, "needs the right to mount a tmpfs"))
  struct FullDiskTests {
    @Test func fullDiskIsSaidAndLosesNothing() async throws {
      try await withScene(loggedIn: false) { scene in
        let desk = scene.desk
        try await SmallDisk.with(at: desk.home.path("f/data"), megabytes: 8) { disk in
          try await desk.withDaemon { _ in
            try await desk.login(scene.alice.wallet)
            _ = try await desk.json(ReadDocument.self, "read", "@bob")
            disk.fill()
            let text = String(repeating: "does not fit ", count: 10_000)
            let refused = try await desk.fonana("send", "@bob", "-", "--json", input: text)
            #expect(refused.status == 74, "\(refused)")
            #expect(refused.output.contains("store_unwritable"))
            #expect(scene.textsFromAlice.isEmpty, "never sent before it is stored")

            let read = try await desk.json(ReadDocument.self, "read", "@bob")
            #expect(read.messages.map(\.content) == ["Hello Alice"])

            scene.bobWrites("Are you there?")
            let still = try await desk.json(ReadDocument.self, "read", "@bob")
            #expect(
              scene.world.counters.ticks == 0
                || still.messages.last?.content == "Are you there?", "marks only what it shows")

            disk.free()
            let sent = try await desk.json(SendDocument.self, "send", "@bob", "fits again")
            #expect(["sent", "queued"].contains(sent.state))
            try await scene.aliceHasSent(1)
            #expect(scene.textsFromAlice == ["fits again"])
            try await desk.waitUntil("drained")
          }
        }
      }
    }

    /// What can't be rewritten can be removed.
    @Test func aLogoutTakesTheTokenOffAFullDisk() async throws {
      try await withScene(loggedIn: false) { scene in
        let desk = scene.desk
        try await SmallDisk.with(at: desk.home.path("f/state"), megabytes: 2) { disk in
          try await desk.withDaemon { _ in
            try await desk.login(scene.alice.wallet)
            disk.fill()
            let logout = try await desk.fonana("logout")
            #expect(logout.status == 0, "\(logout)")
          }
          disk.free()
          try await desk.withDaemon { _ in
            let token = try await desk.status().token
            #expect(token.state == "missing")
          }
        }
      }
    }

    /// It serves as long as the daemon runs, and whatever asks says so.
    @Test func aLoginThatCannotBeKeptServesAndSaysSo() async throws {
      try await withScene(loggedIn: false) { scene in
        let desk = scene.desk
        try await SmallDisk.with(at: desk.home.path("f/state"), megabytes: 2) { disk in
          try await desk.withDaemon { _ in
            disk.fill()
            let login = try await desk.fonana("login", "--wallet", scene.alice.wallet)
            #expect(login.status == 74, "\(login)")
            let status = try await desk.fonana("status")
            #expect(status.output.contains("it could not be kept"), "\(status)")
            let whoami = try await desk.fonana("whoami")
            #expect(whoami.status == 0, "\(whoami)")
            let sent = try await desk.json(SendDocument.self, "send", "@bob", "from memory")
            #expect(sent.state == "sent")
            let doctor = try await desk.fonana("doctor", "--offline")
            #expect(doctor.output.contains("the token is in memory only"), "\(doctor)")
          }
        }
      }
    }

    /// The check above can fail: a daemon that answers before the commit does not say what the disk
    /// did.
    @Test func aDaemonThatAnswersBeforeTheCommitIsCaught() async throws {
      try await withScene(loggedIn: false) { scene in
        let desk = scene.desk
        try await SmallDisk.with(at: desk.home.path("f/data"), megabytes: 8) { disk in
          try await desk.withDaemon(["--mutant", "reply-before-commit"]) { _ in
            try await desk.login(scene.alice.wallet)
            _ = try await desk.json(ReadDocument.self, "read", "@bob")
            disk.fill()
            let text = String(repeating: "does not fit ", count: 10_000)
            let claimed = try await desk.fonana("send", "@bob", "-", "--json", input: text)
            #expect(claimed.status != 74, "it survived: \(claimed)")
            #expect(!claimed.output.contains("store_unwritable"))
            disk.free()
          }
        }
      }
    }

    @Test func diskThatFillsUpWhileReceivingIsWaitedOutWithoutAStorm() async throws {
      try await withScene(loggedIn: false) { scene in
        let desk = scene.desk
        try await SmallDisk.with(at: desk.home.path("f/data"), megabytes: 8) { disk in
          try await desk.withDaemon(["--time-scale", "20"]) { daemon in
            try await desk.login(scene.alice.wallet)
            _ = try await desk.json(ReadDocument.self, "read", "@bob")
            try await scene.isConnected()
            try await desk.withWatch { watch in
              disk.fill()
              for number in 1...3 {
                scene.bobWrites(String(repeating: "long ", count: 5_000) + "\(number)")
              }
              let failed = try await daemon.errors.nextLine(containing: "commitFailed")
              #expect(failed?.contains("store_unwritable") == true, "\(failed ?? "")")
              try await isCalm(scene)
              let read = try await desk.json(ReadDocument.self, "read", "@bob", "--peek")
              #expect(read.messages.map(\.content) == ["Hello Alice"])

              disk.free()
              // One that had come before the disk was full may be told of first.
              #expect(try await watch.output.nextLine(containing: "long 3") != nil)
            }
            let read = try await desk.json(ReadDocument.self, "read", "@bob")
            #expect(read.messages.count == 4)
          }
        }
      }
    }

    /// A storm would make these requests within a few milliseconds.
    private func isCalm(_ scene: Scene) async throws {
      let before = scene.world.read { $0.counters.totalRequests }
      let start = ContinuousClock.now
      try await scene.world.wait { $0.counters.totalRequests >= before + 8 }
      #expect(start.duration(to: .now) > .milliseconds(150))
    }
  }
}
