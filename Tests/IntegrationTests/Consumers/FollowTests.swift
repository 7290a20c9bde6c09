import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// `fonana read --follow`.
  @Suite struct FollowTests {
    /// The other has read, and answers: a tick is nothing to show, the answer is.
    @Test func whatWasWrittenBeforeIsNotShownAgainForItsTick() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          for text in ["first", "second", "third"] {
            _ = try await scene.desk.json(SendDocument.self, "send", "@bob", text, "--wait")
          }
          let follow = ["read", "@bob", "--follow", "-n", "1"]
          try await scene.desk.command.withRunning(follow) { read in
            _ = try #require(try await read.output.nextLine(containing: "third"))
            scene.world.markRead(scene.conversation, by: scene.bob.id)
            scene.bobWrites("fourth")
            _ = try #require(try await read.output.nextLine(containing: "fourth"))
            try await ticked("first", scene)
            scene.bobWrites("fifth")
            let line = try await read.output.nextLine()
            #expect(line?.contains("fifth") == true, "\(line ?? "")")
          }
        }
      }
    }

    /// Whoever reads first takes the unread mark, and not the message.
    @Test func whatIsReadElsewhereIsShownAllTheSame() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          let follow = ["read", "@bob", "--follow"]
          try await scene.desk.command.withRunning(follow) { one in
            try await scene.desk.command.withRunning(follow) { other in
              for number in 1...6 {
                scene.bobWrites("text \(number)")
                for read in [one, other] {
                  let line = try await read.output.nextLine(containing: "text")
                  #expect(line?.contains("text \(number)") == true, "\(line ?? "")")
                }
              }
            }
          }
        }
      }
    }

    private func ticked(_ text: String, _ scene: Scene) async throws {
      while true {
        let read = try await scene.desk.json(ReadDocument.self, "read", "@bob", "--peek")
        if read.messages.first(where: { $0.content == text })?.isRead == true { return }
      }
    }
  }
}
