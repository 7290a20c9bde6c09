import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Testing

extension RealBinaries {
  /// docs/privacy.md, “By name”, against what the server gets.
  @Suite struct PrivacyTests {
    private static let places = [
      "headers": "header", "in the query": "query", "in JSON bodies": "body",
      "in the form of an upload": "form", "in frames of the WebSocket": "frame",
    ]

    /// Every kind of request that fonana knows, from the login to the doctor.
    @Test func nothingLeavesThatIsNotOnThePage() async throws {
      try await withScene(loggedIn: false) { scene in
        let desk = scene.desk
        scene.world.fill(scene.conversation, count: 700) { index in
          (scene.bob.id, MessageDraft("old \(index)"), Int64(index))
        }
        _ = scene.world.makeUser(nickname: "carol")
        let dave = scene.world.makeUser(nickname: "dave")
        let like = scene.world.addNotification(
          for: scene.alice.id, type: "LIKE", title: "A like", message: "of you", push: false)
        try await desk.withDaemon { _ in
          try await desk.login(scene.alice.wallet)
          try await desk.waitUntil("synced")
          let picture = try desk.home.write(Self.picture, to: "holiday-in-secret.png")
          try await desk.pullAll("@bob")
          for words in [
            ["send", "@bob", "text", "--wait"], ["send", "@carol", "new", "--new", "--wait"],
            ["send", "@bob", "--file", picture, "--paid", "0.5", "--wait"],
            ["notifications"], ["notifications", "read", like.id], ["notifications", "read"],
            ["search", "old"], ["verify"], ["inbox"],
          ] {
            let result = try await desk.run(words)
            #expect(result.status == 0, "\(words): \(result)")
          }
          _ = try await desk.fonana("send", "@nobody", "?", "--wait")
          _ = try await desk.fonana("send", dave.wallet, "?", "--new", "--wait")
          _ = try await desk.fonana("doctor")
        }
        let seen = Set(scene.world.counters.namesReceived.map { $0.lowercased() })
        let listed = try Self.listed()
        #expect(seen.subtracting(listed).isEmpty, "not on the page: \(seen.subtracting(listed))")
        #expect(listed.subtracting(seen) == Self.elsewhere)
      }
    }

    /// A login with a key: `KeypairTests`.
    private static let elsewhere: Set<String> = ["body message", "body signature"]

    /// The smallest picture there is.
    private static let picture = "GIF89a\u{1}\0\u{1}\0\0\0\0;"

    private static func listed() throws -> Set<String> {
      let page = try TemporaryHome.text(at: "\(Products.repository)/docs/privacy.md")
      var names: Set<String> = []
      for line in page.split(separator: "\n") where line.hasPrefix("- ") {
        let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let place = places[String(parts[0])] else { continue }
        let quoted = parts[1].split(separator: "`", omittingEmptySubsequences: false)
        for (index, name) in quoted.enumerated() where index % 2 == 1 {
          names.insert("\(place) \(name.lowercased())")
        }
      }
      return names
    }
  }
}
