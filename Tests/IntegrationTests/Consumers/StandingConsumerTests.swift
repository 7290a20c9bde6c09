import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Testing

extension RealBinaries {
  /// `fonana watch` with `--as NAME`, and what goes with it.
  @Suite struct StandingConsumerTests {
    private struct Line: Decodable {
      struct Message: Decodable {
        var content: String?
        var isComplete: Bool
      }
      var cursor: Int64
      var replayed: Bool
      var data: Message
    }

    private struct Listing: Decodable {
      struct Consumer: Decodable {
        var name: String
        var cursor: Int64
        var waiting: Int
      }
      var consumers: [Consumer]
    }

    private struct Place: Decodable {
      var name: String
      var cursor: Int64
    }

    /// The next message that the consumer is given, as far as it goes on.
    private func firstMessage(
      of desk: Desk, _ flags: String..., after act: () -> Void = {}
    ) async throws -> Line {
      try await desk.command.withRunning(["watch", "--as", "bot", "--json"] + flags) { watch in
        let ready = try await watch.output.nextLine()
        try #require(ready?.contains("ready") == true, "\(watch.errors.text)")
        act()
        let line = try #require(try await desk.nextMessage(on: watch), "\(watch.errors.text)")
        return try JSONDecoder().decode(Line.self, from: Data(line.utf8))
      }
    }

    @Test func aManualConsumerGoesOnAfterWhatItHasAcknowledged() async throws {
      try await withScene { scene in
        let desk = scene.desk
        try await scene.withListeningDaemon { _ in
          let one = try await firstMessage(of: desk, "--manual") {
            scene.bobWrites("one", push: true)
          }
          #expect(one.data.content == "one" && !one.replayed)
          let again = try await firstMessage(of: desk, "--manual")
          #expect(again.cursor == one.cursor && again.replayed)

          let place = try await desk.json(
            Place.self, "watch", "--as", "bot", "--ack", "\(one.cursor)")
          #expect(place.name == "bot" && place.cursor == one.cursor)
          let listed = try await desk.json(Listing.self, "watch", "--list").consumers
          #expect(listed.map(\.name) == ["bot"] && listed.first?.cursor == one.cursor)
          let two = try await firstMessage(of: desk, "--manual") {
            scene.bobWrites("two", push: true)
          }
          #expect(two.data.content == "two" && two.cursor > one.cursor)
          let waiting = try await desk.json(Listing.self, "watch", "--list").consumers
          #expect(waiting.first.map { $0.waiting > 0 } == true)
          let beyond = try await desk.fonana(
            "watch", "--as", "bot", "--ack", "\(two.cursor + 1_000)")
          #expect(beyond.status == 64, "\(beyond)")
        }
      }
    }

    @Test func aForgottenNameBeginsAnew() async throws {
      try await withScene { scene in
        let desk = scene.desk
        try await scene.withListeningDaemon { _ in
          _ = try await firstMessage(of: desk, "--manual") { scene.bobWrites("one", push: true) }
          let forgotten = try await desk.fonana("watch", "--forget", "bot")
          #expect(forgotten.status == 0 && forgotten.output.contains("bot"), "\(forgotten)")
          #expect(try await desk.json(Listing.self, "watch", "--list").consumers.isEmpty)
          let two = try await firstMessage(of: desk) { scene.bobWrites("two", push: true) }
          #expect(two.data.content == "two")
          #expect(try await desk.fonana("watch", "--forget", "nobody").status == 66)
        }
      }
    }

    /// What the list tells of a text may be its beginning; the whole is behind a tick, which
    /// `--full` is for.
    @Test func onlyFullFetchesAndTicksALongText() async throws {
      try await withScene { scene in
        let desk = scene.desk
        let long = String(repeating: "long ", count: 100) + "end"
        try await scene.withListeningDaemon { _ in
          try await desk.waitUntil("synced")
          let cut = try await firstMessage(of: desk, "--manual") {
            scene.bobWrites(long, push: true)
          }
          #expect(!cut.data.isComplete)
          #expect(scene.world.unreadCount(in: scene.conversation, of: scene.alice.id) == 1)
          let whole = try await firstMessage(of: desk, "--full")
          #expect(whole.cursor == cut.cursor)
          #expect(whole.data.isComplete && whole.data.content == long)
          #expect(scene.world.unreadCount(in: scene.conversation, of: scene.alice.id) == 0)
        }
      }
    }
  }
}
