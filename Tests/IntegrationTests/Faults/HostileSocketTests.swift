import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// A WebSocket that goes silent, is closed, or says what it must not.
  @Suite struct HostileSocketTests {
    /// Nothing passes and nobody closes: 75 s of silence are enough.
    @Test func halfOpenSocketIsGivenUp() async throws {
      try await withPushingScene { scene in
        #expect(scene.proxy.order(.fallSilent, on: "GET /ws") == 1)
        scene.scene.bobWrites("into the void")
        try await scene.waitForUpgrades(2)
        try await scene.expectPush("after it")
        let status = try await scene.desk.status()
        #expect(status.connection.attempts.succeeded == 2)
      }
    }

    @Test(arguments: [1000, 1001, 1006, 1008, 1011, 1012, 1013, 4001] as [UInt16])
    func closedSocketIsOpenedAgainAndNotInAStorm(_ code: UInt16) async throws {
      try await withPushingScene { scene in
        let tokens = scene.world.counters.tokenRequests
        for number in 1...3 {
          if code == 1006 {
            scene.scene.server.sockets.terminateAll()
          } else {
            scene.scene.server.sockets.closeAll(code: code, reason: "because")
          }
          try await scene.waitForUpgrades(number + 1)
        }
        try await scene.expectPush("after it")
        #expect(scene.upgrades <= 5, "\(scene.upgrades) upgrades for 3 closings")
        // 1008 makes the client ask over HTTP whether its token is still good. It is.
        #expect(scene.world.counters.tokenRequests - tokens <= 1)
      }
    }

    @Test func framesThatBreakTheProtocolEndTheConnectionNotTheDaemon() async throws {
      try await withPushingScene { scene in
        for (number, frame) in Self.brokenFrames.enumerated() {
          #expect(scene.proxy.order(.inject(frame), on: "GET /ws") == 1)
          try await scene.waitForUpgrades(number + 2)
        }
        try await scene.expectPush("after it")
        #expect(scene.upgrades <= Self.brokenFrames.count + 3)
      }
    }

    @Test func eventsThatMakeNoSenseAreIgnored() async throws {
      try await withPushingScene { scene in
        let deep = String(repeating: "[", count: 100_000)
        for text in [
          #"{"type":"new_thing","data":{"a":[1,{}]}}"#, #"{"type":7}"#, "[]", "null", "", "{",
          #"{"type":"notification","userId":5,"notification":"x"}"#,
          #"{"type":"notification","type":"pong","type":"x"}"#,
          #"{"type":"connected","data":"x"}"#, #"{"type":"error"}"#,
          #"{"type":"notification","userId":"\#(scene.scene.alice.id)","notification":{"metadata":\#(deep)"#,
        ] {
          scene.scene.server.sockets.sendRaw(text, to: scene.scene.alice.id)
        }
        try await scene.expectPush("after it")
        #expect(scene.upgrades == 1, "the connection was given up")
        #expect(try await scene.desk.status().connection.attempts.failed == 0)
      }
    }

    /// Doubled, swapped, lost, and another's: a push only makes the daemon look.
    @Test func pushesAreHintsAndNoMessages() async throws {
      try await withPushingScene { scene in
        scene.world.pushSettings.copies = 3
        scene.world.pushSettings.swapsPairs = true
        let foreign =
          #"{"type":"notification","userId":"\#(scene.scene.bob.id)","notification":{"id":"n",""#
          + #""type":"NEW_MESSAGE","message":"eve: not for you","metadata":{}}}"#
        scene.scene.server.sockets.sendRaw(foreign, to: scene.scene.alice.id)
        try await scene.desk.withWatch { watch in
          for number in 1...6 { scene.scene.bobWrites("m\(number)", push: number != 3) }
          scene.scene.bobWrites("last")
          var seen: [String] = []
          while seen.last?.contains(#""last""#) != true {
            seen.append(try #require(try await scene.desk.nextMessage(on: watch)))
          }
          for number in 1...6 {
            #expect(seen.count { $0.contains(#""m\#(number)""#) } <= 1, "told twice")
          }
          #expect(!seen.joined().contains("not for you"))
        }
        let read = try await scene.desk.json(ReadDocument.self, "read", "@bob")
        #expect(
          read.messages.compactMap(\.content).suffix(7)
            == (1...6).map { "m\($0)" } + ["last"])
      }
    }

    /// The server gives the slot away and forgets it when the other one goes: the socket stays
    /// open, answers pings, and brings nothing more.
    @Test func deafSocketIsMadeUpForByAsking() async throws {
      try await withPushingScene { scene in
        try await scene.desk.withWatch { watch in
          let lost = scene.world.counters.pushesLost
          try await scene.takeAndDropTheSlot()
          scene.scene.bobWrites("nobody pushes this")
          let line = try await scene.desk.nextMessage(on: watch)
          #expect(line?.contains("nobody pushes this") == true)
          #expect(scene.world.counters.pushesLost > lost, "the socket was not deaf")
        }
      }
    }

    @Test func restartedServerIsFoundAgainWithoutAStorm() async throws {
      try await withPushingScene { scene in
        let (begin, before) = (ContinuousClock.now, scene.upgrades)
        try await scene.scene.server.stopListening()
        try await scene.scene.send("while it is gone")
        try await scene.proxy.seen.wait { $0.requests("GET /ws") >= before + 4 ? () : nil }
        try await scene.scene.server.startListening()
        try await scene.desk.waitUntil("drained")
        try await scene.scene.isConnected()
        #expect(scene.scene.textsFromAlice == ["while it is gone"])
        let minutes = FaultScene.minutes(since: begin)
        #expect(Double(scene.upgrades - before) <= 6 + 2 * minutes + 2)
        try await scene.expectPush("after it")
      }
    }

    /// A scene whose server pushes, with the socket open and subscribed.
    private func withPushingScene(
      _ body: @escaping @Sendable (FaultScene) async throws -> Void
    ) async throws {
      try await withFaultScene(ServerConfiguration(generation: .a)) { scene in
        try await scene.waitForUpgrades(1)
        try await body(scene)
      }
    }

    private static let brokenFrames: [[UInt8]] = [
      [0x81, 0x81, 0, 0, 0, 0, 0x41],  // masked
      [0xc1, 0x01, 0x41],  // a reserved bit
      [0x81, 0x02, 0xff, 0xfe],  // no UTF-8
      [0x83, 0x01, 0x41],  // an unknown opcode
      [0x80, 0x01, 0x41],  // a fragment of nothing
      [0x81, 127, 0, 0, 0, 0, 0x10, 0, 0, 0],  // 256 MiB
      [0x88, 0x02, 0x03, 0xed],  // a close code that must not be sent
    ]
  }
}

extension FaultScene {
  /// How often the daemon has asked for a WebSocket.
  var upgrades: Int { proxy.seen.read { $0.requests("GET /ws") } }

  /// Waits until so many have been asked for, and the newest is open.
  func waitForUpgrades(_ count: Int) async throws {
    try await proxy.seen.wait { $0.requests("GET /ws") >= count ? () : nil }
    try await world.wait { $0.counters.subscriptions >= count && $0.counters.openSockets >= 1 }
  }

  /// A browser takes the slot of Alice's events and is closed again.
  func takeAndDropTheSlot() async throws {
    let tab = try BrowserTab(of: scene.alice, at: scene.server)
    try await world.wait { $0.counters.openSockets == 2 }
    tab.close()
    try await world.wait { $0.counters.openSockets == 1 }
  }

  /// How many minutes have passed for the daemon.
  static func minutes(since begin: ContinuousClock.Instant) -> Double {
    begin.duration(to: .now) / .seconds(60) * Double(timeScale)
  }

  /// What Bob writes now comes over the WebSocket.
  func expectPush(_ text: String) async throws {
    try await desk.withWatch { watch in
      let sent = world.counters.pushesSent
      scene.bobWrites(text, push: true)
      var line = try await desk.nextMessage(on: watch)
      while let other = line, !other.contains(text) { line = try await desk.nextMessage(on: watch) }
      #expect(line != nil)
      #expect(world.counters.pushesSent > sent, "it was not pushed")
    }
  }
}
