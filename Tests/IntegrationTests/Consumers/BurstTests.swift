import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// Messages that come together, for those who follow them.
  @Suite struct BurstTests {
    @Test(arguments: [true, false])
    func whoWatchesHearsOfABurstInItsOrder(_ isPushed: Bool) async throws {
      try await withScene { scene in
        try await scene.withListeningDaemon { _ in
          try await scene.desk.waitUntil("synced")
          try await scene.desk.withWatch { watch in
            for round in 1...(isPushed ? 5 : 2) {
              let texts = (1...4).map { "round \(round), message \($0)" }
              for text in texts { scene.bobWrites(text, push: isPushed) }
              for text in texts {
                let line = try await scene.desk.nextMessage(on: watch)
                #expect(line?.contains(text) == true, "\(line ?? "")")
              }
              // Read elsewhere, so that the count does not grow with the next ones.
              scene.world.markRead(scene.conversation, by: scene.alice.id)
            }
          }
        }
      }
    }

    /// More than one question for previews holds by itself.
    @Test(arguments: [true, false])
    func whoWatchesHearsOfALargeBurstInItsOrder(_ isPushed: Bool) async throws {
      try await withScene { scene in
        try await scene.withListeningDaemon { _ in
          try await scene.desk.waitUntil("synced")
          try await scene.desk.withWatch { watch in
            let texts = (1...150).map { "message \($0) of many" }
            for text in texts { scene.bobWrites(text, push: isPushed) }
            var told: [String?] = []
            for _ in texts {
              let line = try await scene.desk.nextMessage(on: watch)
              told.append(texts.first { line?.contains("\"\($0)\"") == true })
            }
            #expect(told == texts)
          }
        }
      }
    }

    /// Of two conversations, and more than the notifications that a start asks for by itself.
    @Test func aConsumerHearsOfAllThatCameWhileNoDaemonRan() async throws {
      try await withScene { scene in
        let carol = scene.world.makeUser(nickname: "carol")
        let consumer = ["watch", "--as", "bot", "--json"]
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          try await scene.desk.command.withRunning(consumer) { watch in
            _ = try await watch.output.nextLine(containing: "ready")
          }
        }
        let texts = (1...90).map { "missed \($0)" }
        for (index, text) in texts.enumerated() {
          if index % 9 == 0 {
            scene.world.send(from: carol.id, to: scene.alice.id, text)
          } else {
            scene.bobWrites(text)
          }
        }
        try await scene.desk.withDaemon { _ in
          try await scene.desk.command.withRunning(consumer) { watch in
            var told: [String?] = []
            for _ in texts {
              let line = try await scene.desk.nextMessage(on: watch)
              told.append(texts.first { line?.contains("\"\($0)\"") == true })
            }
            let ofBob = texts.indices.filter { $0 % 9 != 0 }.map { texts[$0] }
            let ofCarol = texts.indices.filter { $0 % 9 == 0 }.map { texts[$0] }
            #expect(told.filter { $0.map(ofBob.contains) ?? true } == ofBob)
            #expect(told.filter { $0.map(ofCarol.contains) ?? true } == ofCarol)
          }
        }
      }
    }
  }
}
