import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Testing

extension RealBinaries {
  /// The disk has damaged the file with the token while the daemon was not there.
  @Suite struct DamagedCredentialsTests {
    @Test(arguments: ["", "{", "[]"])
    func theMirrorIsServedWhatIsSentWaitsAndALoginHeals(content: String) async throws {
      try await withScene { scene in
        let desk = scene.desk
        try await desk.withDaemon { _ in try await desk.pullAll("@bob") }
        let file = desk.home.path("f/state/default/credentials.json")
        try Data(content.utf8).write(to: URL(filePath: file))

        try await desk.withDaemon { _ in
          let inbox = try await desk.fonana("inbox")
          #expect(inbox.status == 0 && inbox.output.contains("bob"), "\(inbox)")
          let read = try await desk.json(ReadDocument.self, "read", "@bob")
          #expect(read.messages.map(\.content) == ["Hello Alice"])
          let sent = try await desk.fonana("send", "@bob", "waits for the login")
          #expect(sent.status == 0 && sent.output.contains("queued"), "\(sent)")
          #expect(sent.output.contains("when the server takes a token again"), "\(sent)")

          let token = try await desk.status().token
          #expect(token.state == "missing")
          #expect(token.placeProblem?.contains("\(file) can't be used: it is damaged") == true)
          for question in ["whoami", "doctor"] {
            let answer = try await desk.fonana(question)
            #expect(answer.status != 0)
            #expect((answer.output + answer.errors).contains("it is damaged"), "\(answer)")
          }

          try await desk.login(scene.alice.wallet)
          try await desk.waitUntil("drained")
          #expect(scene.textsFromAlice == ["waits for the login"])
          let healed = try await desk.status().token
          #expect(healed.state == "valid" && healed.placeProblem == nil)
        }
        let healed = try Data(contentsOf: URL(filePath: file))
        #expect(String(decoding: healed, as: UTF8.self).contains(#""token""#))
      }
    }

    @Test func aLoginThatCanNotBeKeptIsAnError() async throws {
      try await withScene { scene in
        let desk = scene.desk
        let file = desk.home.path("f/state/default/credentials.json")
        try FileManager.default.removeItem(atPath: file)
        try FileManager.default.createDirectory(
          atPath: "\(file)/kept", withIntermediateDirectories: true)
        try await desk.withDaemon { _ in
          let refused = try await desk.fonana("login", "--wallet", scene.alice.wallet)
          #expect(refused.status == 74 && refused.errors.contains(file), "\(refused)")
          let logout = try await desk.fonana("logout")
          #expect(logout.status == 74 && logout.errors.contains(file), "\(logout)")
          try FileManager.default.removeItem(atPath: file)
          try await desk.login(scene.alice.wallet)
        }
        try await desk.withDaemon { _ in
          let token = try await desk.status().token
          #expect(token.state == "valid")
        }
      }
    }

    @Test func aLogoutTakesNothingMoreThoughTheFileWasDamaged() async throws {
      try await withScene { scene in
        let desk = scene.desk
        let file = desk.home.path("f/state/default/credentials.json")
        try Data().write(to: URL(filePath: file))
        try await desk.withDaemon { _ in
          let logout = try await desk.fonana("logout")
          #expect(logout.status == 0, "\(logout)")
          let sent = try await desk.fonana("send", "@bob", "too late")
          #expect(sent.status == 77, "\(sent)")
        }
      }
    }
  }
}
