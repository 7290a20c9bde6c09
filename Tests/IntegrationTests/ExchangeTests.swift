import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

extension RealBinaries {
  /// `fonana doctor --exchange`: two daemons, and what the server says of both ways.
  @Suite struct ExchangeTests {
    @Test(arguments: [false, true])
    func eachWayIsMeasuredUpToTheTick(_ pushes: Bool) async throws {
      var configuration = ServerConfiguration()
      configuration.pushesMessages = pushes
      try await withTwoDesks(configuration) { scene in
        if pushes { scene.holdUpQuestions() }
        let report = try await exchange(scene.desk)
        scene.server.faults.removeAll()
        #expect(report.ok && report.legs.map(\.from) == ["default", "bob"])
        for leg in report.legs {
          #expect(leg.way == (pushes ? "push" : "poll") && leg.problem == nil, "\(leg)")
          #expect(leg.popUp == (leg.to == "bob" ? "shown" : "off"), "\(leg)")
          #expect((leg.sentMs ?? -1) >= 0 && (leg.arrivedMs ?? -1) >= (leg.sentMs ?? 0), "\(leg)")
          #expect(leg.tick == "seen" && (leg.tickMs ?? -1) >= 0, "\(leg)")
        }
        let marked = scene.world.messages(in: scene.conversation).suffix(2)
        #expect(marked.map(\.senderID) == [scene.alice.id, scene.bob.id])
        #expect(!marked.contains { !$0.isRead }, "the server’s own mark")
        let ticks = scene.world.counters.tickEvents
        #expect(ticks.map(\.readerID) == [scene.bob.id, scene.alice.id])
        #expect(ticks.map(\.count) == [1, 1])
      }
    }

    @Test func whatElseIsUnreadIsNotTicked() async throws {
      try await withTwoDesks { scene in
        scene.bobWrites("for Alice, who has not read it")
        while try await scene.desk.json(InboxDocument.self, "inbox").unread == 0 {}
        let report = try await exchange(scene.desk)
        #expect(report.ok && report.legs.map(\.tick) == ["skipped", "skipped"], "\(report)")
        #expect(scene.world.counters.ticks == 0, "the server's own count")
      }
    }

    @Test func withoutAServerNothingIsQueued() async throws {
      try await withTwoDesks { scene in
        scene.server.faults.add(Fault("*", .cut(afterBytes: nil), count: nil))
        while try await scene.desk.json(ServerSight.self, "status").server.reachable {}
        let result = try await scene.desk.fonana("doctor", "--exchange", "default", "bob")
        #expect(result.status == 1 && result.errors.contains("fonana doctor --profile default"))
        #expect(try await scene.desk.json(OutboxDocument.self, "outbox", "list").items.isEmpty)
        scene.server.faults.removeAll()
      }
    }

    @Test func aMessageThatDoesNotGoOutIsTakenBack() async throws {
      try await withTwoDesks { scene in
        scene.server.faults.add(
          Fault(
            "POST /api/conversations/:id/messages", .respond(.json(400, "Invalid content")),
            count: nil))
        let result = try await scene.desk.fonana("doctor", "--exchange", "default", "bob")
        #expect(result.status == 1 && result.output.contains("It was taken back."), "\(result)")
        scene.server.faults.removeAll()
        for profile in ["default", "bob"] {
          let list = try await scene.desk.json(
            OutboxDocument.self, "outbox", "list", "--profile", profile)
          #expect(list.items.isEmpty, "\(profile)")
        }
      }
    }

    @Test func anExchangeWithAProfileThatNeverWasMakesNone() async throws {
      try await withScene { scene in
        var desk = scene.desk
        desk.environment["FONANA_NO_AUTOSTART"] = nil
        let result = try await desk.fonana("doctor", "--exchange", "default", "nobody")
        #expect(result.status == 66 && result.errors.contains("no profile “nobody”"), "\(result)")
        #expect(result.errors.contains("fonana profiles"))
        for folder in ["data", "state", "run"] {
          #expect(access(desk.home.path("f/\(folder)/nobody"), F_OK) != 0, "\(folder)")
        }
        // Nor is the daemon of the other started.
        #expect(try await scene.desk.fonana("status").status == 69)
      }
    }

    private func exchange(_ desk: Desk) async throws -> ExchangeDocument {
      try await desk.json(ExchangeDocument.self, "doctor", "--exchange", "default", "bob")
    }

    /// Bob's desktop takes every pop-up; Alice's are off.
    private func withTwoDesks(
      _ configuration: ServerConfiguration = .init(),
      _ body: @escaping @Sendable (Scene) async throws -> Void
    ) async throws {
      try await withScene(configuration) { scene in
        var bobs = scene.desk
        let service = try bobs.home.write("#!/bin/sh\n", to: "bin/notify-send")
        chmod(service, 0o700)
        bobs.environment["PATH"] = bobs.home.path("bin") + ":/usr/bin:/bin"
        bobs.environment["FONANA_NOTIFICATIONS"] = "true"
        try await scene.desk.withDaemon(["--time-scale", "10"]) { [bobs] _ in
          try await bobs.withDaemon(["--time-scale", "10", "--profile", "bob"]) { _ in
            let login = try await scene.desk.fonana(
              "login", "--profile", "bob", "--wallet", scene.bob.wallet, "--no-input")
            try #require(login.status == 0, "\(login)")
            // Before its first list has come, what arrives is old and pops up nowhere.
            for (profile, goal) in [
              ("default", "connected"), ("bob", "connected"), ("bob", "synced"),
            ] {
              let result = try await scene.desk.fonana(
                "wait", "--for", goal, "--profile", profile, "--timeout", "60s")
              try #require(result.status == 0, "\(result)")
            }
            try await body(scene)
          }
        }
      }
    }
  }
}

extension Scene {
  /// A question that is asked after the push gets its answer a while after it; else a poll could
  /// bring the message first.
  fileprivate func holdUpQuestions() {
    for route in ["GET /api/conversations", "GET /api/user/notifications"] {
      server.faults.add(Fault(route, .delay(.milliseconds(700)), when: .afterCommit, count: nil))
    }
  }
}

private struct ServerSight: Decodable {
  struct Server: Decodable { let reachable: Bool }
  let server: Server
}

private struct ExchangeDocument: Decodable {
  struct Leg: Decodable {
    let from: String
    let to: String
    let sentMs: Int?
    let arrivedMs: Int?
    let way: String?
    let popUp: String?
    let tick: String?
    let tickMs: Int?
    let problem: String?
  }

  let ok: Bool
  let legs: [Leg]
}
