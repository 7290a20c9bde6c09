import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Testing

extension RealBinaries {
  /// The disk has damaged the store while the daemon was not there.
  @Suite struct DamagedStoreTests {
    private struct Status: Decodable {
      struct Sync: Decodable { let damage: Damage? }
      struct Damage: Decodable {
        let copy: String
        let messagesSaved: Int
        let isOutboxComplete: Bool
      }
      let sync: Sync
    }

    @Test func aDamagedMirrorIsBuiltAgainAndWhatWaitedArrivesOnce() async throws {
      try await withScene { scene in
        let desk = scene.desk
        let start = scene.world.messages(in: scene.conversation).last?.createdAt ?? 0
        let (alice, bob) = (scene.alice.id, scene.bob.id)
        scene.world.fill(scene.conversation, count: 300) { number in
          (bob, MessageDraft("history \(number)"), start + Int64(number) + 1)
        }
        try await desk.withDaemon { _ in
          try await desk.pullAll("@bob")
          try await scene.server.stopListening()
          for text in ["one", "two"] {
            let sent = try await desk.fonana("send", "@bob", text, "--no-wait")
            #expect(sent.status == 0, "\(sent)")
          }
        }
        try await scene.server.startListening()
        try damage(desk.store)

        try await desk.withDaemon(["--time-scale", "50"]) { daemon in
          #expect(daemon.errors.text.contains("The store was damaged"), "\(daemon.errors.text)")
          let status = try await desk.json(Status.self, "status")
          #expect(status.sync.damage?.messagesSaved == 2)
          #expect(status.sync.damage?.isOutboxComplete == true)
          let text = try await desk.fonana("status")
          #expect(text.output.contains("2 waiting messages saved"), "\(text.output)")
          try await desk.waitUntil("drained")
          try await desk.pullAll("@bob")
          let read = try await desk.json(ReadDocument.self, "read", "@bob", "--all")
          let truth = scene.world.messages(in: scene.conversation)
          #expect(truth.filter { $0.senderID == alice }.compactMap(\.content) == ["one", "two"])
          #expect(read.messages.map(\.content) == truth.map(\.content))
        }
      }
    }

    /// All pages with the history's text in them.
    private func damage(_ path: String) throws {
      var bytes = try Data(contentsOf: URL(filePath: path))
      var hit = 0
      for page in stride(from: 0, to: bytes.count, by: 4096) {
        guard bytes[page..<page + 4096].firstRange(of: Data("history 1".utf8)) != nil else {
          continue
        }
        bytes.replaceSubrange(page..<page + 64, with: Data(repeating: 0xA5, count: 64))
        hit += 1
      }
      try #require(hit > 0)
      try bytes.write(to: URL(filePath: path))
    }
  }
}
