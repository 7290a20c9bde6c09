import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// Nobody listens: what could not leave is not in doubt.
  @Suite struct UnreachableServerTests {
    @Test func whatCouldNotLeaveIsSentLaterWithoutALook() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon(["--time-scale", "10"]) { _ in
          var stories: [[String]] = []
          // When a question finds out first that nobody listens, nothing is even tried.
          while !stories.contains(where: { $0.contains("not_sent") }), stories.count < 10 {
            stories.append(try await story(of: "text \(stories.count)", scene))
          }
          #expect(stories.contains { $0.contains("not_sent") }, "\(stories)")
          for story in stories {
            #expect(story.allSatisfy(Self.certain.contains), "\(story)")
          }
          #expect(scene.textsFromAlice == stories.indices.map { "text \($0)" })
        }
      }
    }

    private static let certain: Set = ["enqueued", "claimed", "not_sent", "accepted"]

    /// What became of a message that was written while nobody listened.
    private func story(of text: String, _ scene: Scene) async throws -> [String] {
      let desk = scene.desk
      try await scene.isConnected()
      try await desk.waitUntil("synced")
      try await scene.server.stopListening()
      let queued = try await desk.json(SendDocument.self, "send", "@bob", text, "--no-wait")
      while try await desk.status().server.reachable {}
      try await scene.server.startListening()
      try await desk.waitUntil("drained")
      return try await desk.json(StoryDocument.self, "outbox", "show", queued.cid)
        .history.map(\.outcome)
    }
  }
}
