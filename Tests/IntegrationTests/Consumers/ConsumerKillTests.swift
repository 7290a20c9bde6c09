import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Testing

extension RealBinaries {
  /// `fonana watch --as NAME`, killed again and again.
  @Suite struct ConsumerKillTests {
    private struct Line: Decodable, Equatable {
      var cursor: Int64
      var event: String
    }

    private static let kills = 100
    private static let kinds: Set<String> = [
      "message.received", "message.updated", "message.sent", "outbox.changed",
      "conversation.changed", "notification.received", "connection.changed", "token.refreshed",
    ]

    /// Who is never killed sees all events as they are; the other has to see the same.
    @Test func aConsumerThatIsKilledAHundredTimesMissesNothing() async throws {
      let seed = UInt64.random(in: 1...UInt64.max)
      print("killed consumer: seed \(seed)")
      var random = SeededRandom(seed: seed)
      // There are “ready” and what has just happened, at the least.
      let counts = (0..<Self.kills).map { _ in Int.random(in: 0...2, using: &random) }
      try await withScene { scene in
        let desk = scene.desk
        try await scene.withListeningDaemon { _ in
          try await desk.waitUntil("synced")
          try await desk.command.withRunning(["watch", "--as", "witness", "--json"]) { witness in
            _ = try await witness.output.nextLine()
            var lines = try await life(of: desk, lines: 1)
            let start = try #require(lines.first).cursor
            for (number, count) in counts.enumerated() {
              try await act(number, in: scene, before: witness)
              lines += try await life(of: desk, lines: count)
            }
            let sent = try await desk.fonana("send", "@bob", "the last", "--wait")
            try #require(sent.status == 0, "\(sent)")
            let last = try #require(
              try await witness.output.nextLine(containing: #""content":"the last""#))
            let end = try read(last).cursor
            lines += try await life(of: desk, until: end)

            let truth = try read(whole: witness.output.text)
              .filter { $0.cursor > start && $0.cursor <= end && !Self.isNoEvent($0) }
            #expect(withoutRepeats(lines, after: start).filter { $0.cursor <= end } == truth)
            #expect(Self.kinds.subtracting(truth.map(\.event)).isEmpty, "seed \(seed)")
          }
        }
        let others: Set = [10, 15, 20, 30, 40, 45, 50, 60, 80]
        let texts = (0..<Self.kills).filter { !others.contains($0) }.map(Self.text)
        #expect(scene.textsFromAlice == texts + ["the last"])
      }
    }

    /// Lets something happen, and waits until the witness has seen it. What the daemon has to be
    /// told by the server comes seldom, since it asks with rests.
    private func act(_ number: Int, in scene: Scene, before witness: RunningProgram) async throws {
      let mark = try await happening(number, scene)
      let seen = try await witness.output.nextLine(containing: mark)
      try #require(seen != nil, "\(mark): \(witness.errors.text)")
    }

    /// What shows that it has happened.
    private func happening(_ number: Int, _ scene: Scene) async throws -> String {
      switch number {
      case 10, 40:
        scene.bobWrites("from bob \(number)", push: true)
        return #""content":"from bob \#(number)""#
      case 15, 45:
        let read = try await scene.desk.fonana("read", "@bob")
        try #require(read.status == 0, "\(read)")
        return "conversation.changed"
      case 20, 60:
        scene.world.addNotification(
          for: scene.alice.id, type: "LIKE", title: "A like", message: "like \(number)", push: true)
        return "like \(number)"
      case 30, 80:
        try await scene.desk.login(scene.alice.wallet)
        return "token.refreshed"
      case 50:
        scene.server.sockets.closeAll(code: 1011)
        return "connection.changed"
      default:
        let sent = try await scene.desk.fonana("send", "@bob", Self.text(number), "--no-wait")
        try #require(sent.status == 0, "\(sent)")
        return "message.sent"
      }
    }

    private static func text(_ number: Int) -> String { "number \(number)" }

    /// The whole lines that one life of a consumer has written, up to where it was killed.
    private func life(
      of desk: Desk, lines count: Int = 0, until last: Int64? = nil
    ) async throws -> [Line] {
      let watch = try desk.command.start(["watch", "--as", "bot", "--json"])
      for _ in 0..<count { _ = try await watch.output.nextLine() }
      if let last {
        while let line = try await watch.output.nextLine(), try read(line).cursor < last {}
      }
      watch.kill()
      _ = try await watch.waitForExit()
      return try read(whole: try await watch.output.wholeText())
    }

    private func read(whole text: String) throws -> [Line] {
      try text[..<(text.lastIndex(of: "\n") ?? text.startIndex)].split(separator: "\n")
        .map { try read(String($0)) }
    }

    private func read(_ line: String) throws -> Line {
      try JSONDecoder().decode(Line.self, from: Data(line.utf8))
    }

    /// What is left when those that were seen before are dropped by their cursor.
    private func withoutRepeats(_ lines: [Line], after start: Int64) -> [Line] {
      var last = start
      return lines.filter { line in
        guard !Self.isNoEvent(line), line.cursor > last else { return false }
        last = line.cursor
        return true
      }
    }

    /// What is told of the stream and not of the account.
    private static func isNoEvent(_ line: Line) -> Bool {
      ["ready", "heartbeat"].contains(line.event)
    }
  }
}
