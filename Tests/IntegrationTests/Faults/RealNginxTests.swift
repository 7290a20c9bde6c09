import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// The pages and limits of a real nginx whose server is gone, hangs or is asked for too much.
  @Suite(.enabled(if: Nginx.path != nil, "nginx is fetched by \"make deps\""))
  struct RealNginxTests {
    @Test func pagesOfARealNginxAreNeverPermanent() async throws {
      try await behindNginx(run: { scene, nginx in
        // The second is stored after nginx has answered 504, when nobody can have seen it.
        for action in [FaultAction.hang, .lateCommit(after: .milliseconds(400), then: .hang)] {
          scene.server.faults.add(Fault("POST /api/conversations/:id/messages", action))
        }
        try await scene.send("one", "two")
        try await scene.desk.waitUntil("drained")
        #expect(nginx.errors.text.contains("upstream timed out"))

        try await scene.server.stopListening()
        try await scene.send("three")
        _ = try await nginx.errors.nextLine(containing: "connect() failed")
        try await scene.server.startListening()
        try await scene.desk.waitUntil("drained")
        #expect(scene.textsFromAlice == ["one", "two", "three"])
      })
    }

    @Test func whatANginxFindsTooLargeIsParkedAtOnce() async throws {
      try await behindNginx(run: { scene, nginx in
        let long = String(repeating: "long ", count: 1_000)
        let sent = try await scene.desk.fonana(
          "send", "@bob", long, "--wait", "--timeout", "30s", "--json")
        #expect(sent.output.contains("too large for the server"), "\(sent)")
        _ = try await nginx.errors.nextLine(containing: "client intended to send too large body")
        try await scene.send("after it")
        let items = try await scene.desk.json(OutboxDocument.self, "outbox", "list").items
        #expect(items.map(\.state) == ["parked", "queued"])
        _ = try await scene.desk.fonana("outbox", "cancel", try #require(items.first).cid)
        try await scene.desk.waitUntil("drained")
        #expect(scene.textsFromAlice == ["after it"])
        let refusals = nginx.errors.text.ranges(of: "too large body").count
        #expect(refusals == 1, "asked \(refusals) times")
      })
    }

    @Test func longHistoryComesThroughARealNginx() async throws {
      let count = 1_500
      try await behindNginx { scene in
        scene.world.fill(scene.conversation, count: count) { number in
          let text = "\(number) " + String(repeating: "x", count: 1_000)
          return (scene.bob.id, MessageDraft(text), 1_795_000_000_000 + Int64(number) * 1_000)
        }
      } run: { scene, _ in
        try await scene.desk.waitUntil("synced")
        let status = try await scene.desk.status()
        #expect(status.sync.messages == count + 1 && status.sync.gaps == 0)
      }
    }

    /// A daemon with short patience behind nginx, logged in and connected.
    private func behindNginx(
      prepare: @escaping @Sendable (Scene) -> Void = { _ in },
      run body: @escaping @Sendable (Scene, RunningProgram) async throws -> Void
    ) async throws {
      try await withScene(loggedIn: false) { scene in
        prepare(scene)
        try await withTemporaryHome { folder in
          try await Nginx.withImpatientProxy(to: scene.server, in: folder) { port, nginx in
            let desk = Desk(
              scene.desk.home, server: "http://127.0.0.1:\(port)",
              webSocket: "ws://127.0.0.1:\(port)/ws")
            let scene = scene.at(desk)
            try await scene.logInPatiently()
            try await desk.withDaemon(["--time-scale", "\(FaultScene.timeScale)"]) { _ in
              try await scene.isConnected()
              try await body(scene, nginx)
            }
          }
        }
      }
    }
  }
}

extension Scene {
  /// To Bob, in this order, without waiting.
  func send(_ texts: String...) async throws {
    for text in texts {
      _ = try await desk.json(SendDocument.self, "send", "@bob", text, "--no-wait")
    }
  }
}
