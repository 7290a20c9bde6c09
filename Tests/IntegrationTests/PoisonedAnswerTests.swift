import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// Frames and pages that no server of this protocol sends, and numbers of 10 MB: they end no
  /// daemon, and hide what is sound only as long as they are there.
  @Suite struct PoisonedAnswerTests {
    private static let route = "GET /api/conversations/:id/messages"

    @Test func poisonedFramesEndNoDaemon() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { daemon in
          try await scene.isConnected()
          for frame in Self.frames(of: scene) {
            scene.server.sockets.sendRaw(frame, to: scene.alice.id)
          }
          scene.world.send(
            from: scene.bob.id, in: scene.conversation,
            MessageDraft("large", metadata: .number(#"{"n":\#(Self.number)}"#)), push: true)
          scene.bobWrites("after it", push: true)
          try await expectToRead("after it", scene)
          #expect(daemon.ended == nil)
        }
        try await scene.desk.withDaemon { daemon in
          try await expectToRead("after it", scene)
          #expect(daemon.ended == nil)
        }
      }
    }

    @Test func poisonedPagesEndNoDaemonAndAreOverWhenTheyAre() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { daemon in
          try await scene.isConnected()
          scene.bobWrites("hidden behind poison", push: false)
          for page in Self.pages {
            let poison = FaultResponse(status: 200, contentType: "application/json", body: page)
            let fault = scene.server.faults.add(Fault(Self.route, .respond(poison), count: nil))
            let read = try await scene.desk.run(["read", "@bob", "--json"])
            #expect(read.status == 0 && daemon.ended == nil, "\(page.prefix(200)): \(read)")
            scene.server.faults.remove(fault)
          }
          try await expectToRead("hidden behind poison", scene)
        }
      }
    }

    /// Found in the mirror at last: an answer may come before the pull.
    private func expectToRead(_ text: String, _ scene: Scene) async throws {
      try await scene.desk.command.withRunning(["read", "@bob", "--follow"]) { read in
        let line = try await read.output.nextLine(containing: text)
        #expect(line != nil, "\(read.errors.text)")
      }
    }

    private static func nested(_ depth: Int) -> String {
      String(repeating: #"{"a":["#, count: depth) + "1" + String(repeating: "]}", count: depth)
    }

    private static let number = String(repeating: "9", count: 10 << 20)

    private static func frames(of scene: Scene) -> [String] {
      let deep = nested(50_000)
      func message(_ metadata: String) -> String {
        #"{"type":"new_message","conversationId":"\#(scene.conversation)","message":{"id":"p","#
          + #""conversationId":"\#(scene.conversation)","senderId":"\#(scene.bob.id)","content":"x","#
          + #""createdAt":"2026-11-24T13:49:48.563Z","metadata":\#(metadata)}}"#
      }
      return [
        message(deep), message(#"{"s":"\ud800 \udc00\ud83d"}"#), message(#"{"a":1,"a":2}"#), deep,
        #"{"type":"new_message","type":"pong","message":null}"#, #"{"type":["\ud800"]}"#, "",
        "\u{0}",
      ]
    }

    private static var pages: [String] {
      func page(_ content: String, _ metadata: String) -> String {
        #"{"messages":[{"id":"p1","conversationId":"c","senderId":"u","content":\#(content),"#
          + #""isRead":false,"createdAt":"2026-11-24T13:49:48.563Z","metadata":\#(metadata)}],"#
          + #""hasMore":false}"#
      }
      return [
        page(#""x""#, nested(50_000)), page(#""\ud800 \udc00 \ud83d""#, "{}"),
        page(#""x""#, #"{"n":\#(number)}"#),
        page(#""x","content":7,"content":"y""#, #"{"a":1,"a":2}"#),
        page(number, "null"), nested(100_000), "[", String(repeating: "[", count: 200_000),
      ]
    }
  }
}
