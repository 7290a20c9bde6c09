import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// One account on two computers and in a browser, for whose events the server has one slot.
  @Suite struct SeveralDevicesTests {
    @Test func nothingIsLostOrDoubledAndNobodyFightsForTheSlot() async throws {
      try await withTwoDevices { scene, laptop, phone, tab in
        async let one: Void = Self.send("laptop", from: laptop)
        async let other: Void = Self.send("phone", from: phone)
        for number in 0..<8 { scene.bobWrites("bob \(number)") }
        _ = try await (one, other)
        for desk in [laptop, phone] { try await desk.waitUntil("drained") }
        for name in ["laptop", "phone"] {
          #expect(
            scene.textsFromAlice.filter { $0.hasPrefix(name) } == (0..<8).map { "\(name) \($0)" })
        }
        #expect(scene.textsFromAlice.count == 16)
        #expect(scene.world.counters.ticks == 0)

        // Read in the browser: both may fetch all of it now, and do.
        scene.world.markRead(scene.conversation, by: scene.alice.id)
        let all = scene.world.messages(in: scene.conversation).map(\.content)
        for desk in [laptop, phone] {
          try await scene.world.wait(for: desk, toShow: all.count)
          let read = try await desk.json(ReadDocument.self, "read", "@bob", "--peek", "-n", "100")
          #expect(read.messages.map(\.content) == all)
        }
        #expect(scene.world.counters.ticks == 0)

        tab.close()
        try await scene.world.wait { $0.counters.openSockets == 2 }
        try await laptop.withWatch { first in
          try await phone.withWatch { second in
            scene.bobWrites("nobody gets a push of this")
            for watch in [first, second] {
              var line = try await laptop.nextMessage(on: watch)
              while let other = line, !other.contains("nobody gets") {
                line = try await laptop.nextMessage(on: watch)
              }
              #expect(line != nil)
            }
          }
        }
        // Two daemons and a browser opened one socket each, and left it at that.
        #expect(scene.world.counters.socketsWithToken == 3)
      }
    }

    @Test func whatIsReadElsewhereIsReadHereWithinATick() async throws {
      try await withTwoDevices { scene, laptop, phone, _ in
        try await laptop.withWatch { first in
          try await phone.withWatch { second in
            scene.bobWrites("to be read in the browser")
            for watch in [first, second] {
              _ = try await watch.output.nextLine(containing: #""unread":1"#)
            }
            let lists = scene.world.lists
            scene.world.markRead(scene.conversation, by: scene.alice.id)
            for watch in [first, second] {
              _ = try await watch.output.nextLine(containing: #""unread":0"#)
            }
            // One that was under way, the tick's own, and one while the line was on its way here.
            #expect(scene.world.lists - lists <= 2 * 3)
          }
        }
        for desk in [laptop, phone] {
          #expect(try await desk.json(InboxDocument.self, "inbox").unread == 0)
        }
        #expect(scene.world.counters.ticks == 0)
      }
    }

    private static func send(_ name: String, from desk: Desk) async throws {
      for number in 0..<8 {
        _ = try await desk.json(SendDocument.self, "send", "@bob", "\(name) \(number)", "--no-wait")
      }
    }

    /// Both daemons run, are logged in and connected; the browser came last and has the slot.
    private func withTwoDevices(
      _ body: @escaping @Sendable (Scene, Desk, Desk, BrowserTab) async throws -> Void
    ) async throws {
      try await withScene(ServerConfiguration(generation: .a), loggedIn: false) { scene in
        try await withTemporaryHome { home in
          let (laptop, phone) = (scene.desk, Desk(home, scene.server))
          try await laptop.withDaemon(["--time-scale", "4"]) { _ in
            try await phone.withDaemon(["--time-scale", "4"]) { _ in
              for desk in [laptop, phone] { try await desk.login(scene.alice.wallet) }
              try await scene.world.wait { $0.counters.subscriptions == 2 }
              let tab = try BrowserTab(of: scene.alice, at: scene.server)
              try await tab.subscribe(scene.alice)
              try await body(scene, laptop, phone, tab)
              tab.close()
            }
          }
        }
      }
    }
  }
}

extension World {
  /// How often the list of conversations has been asked for.
  var lists: Int { counters.requests["GET /api/conversations"] ?? 0 }
}
