import Testing

@testable import FonanaServer

@Suite(.timeLimit(.minutes(1)))
struct CompressionTests {
  @Test func jsonIsCompressedForWhoAsks() async throws {
    try await Scene.run { scene in
      let answer = try await scene.list(encoding: "gzip")
      #expect(answer?.status == 200)
      #expect(answer?.headers["content-encoding"] == "gzip")
      #expect(answer?.text.contains("nickname") == false)
      let plain = try await scene.list(encoding: "identity")
      #expect(plain?.headers["content-encoding"] == nil)
      #expect(plain?.text.contains("nickname") == true)
    }
  }

  @Test func pagesOfProxiesAndCutAnswersAreNot() async throws {
    try await Scene.run { scene in
      for action in [FaultAction.respond(.html(502)), .cut(afterBytes: 3)] {
        scene.server.faults.add(Fault("*", action, when: .afterCommit))
        let answer = try await scene.list(encoding: "gzip")
        #expect(answer != nil && answer?.headers["content-encoding"] == nil)
      }
    }
  }

  /// It was: the compressor has no question to this answer, and trapped.
  @Test func whatIsNoHTTPIsRefusedWithoutHarm() async throws {
    try await Scene.run { scene in
      let port = scene.http.port
      let answer = try await offPool {
        let connection = try RawConnection(port: port)
        connection.send(Array("\u{1}\u{2} no HTTP\r\n\r\n".utf8))
        return RawAnswer(try connection.receive())
      }
      #expect(answer?.status == 400)
      #expect(try await scene.texts().isEmpty)
    }
  }
}

extension Scene {
  /// Ada's list of conversations.
  fileprivate func list(encoding: String) async throws -> RawAnswer? {
    try await http.request(
      "GET", "/api/conversations",
      headers: [
        "authorization": "Bearer \(adaToken)", "x-user-wallet": ada.wallet,
        "accept-encoding": encoding, "connection": "close",
      ])
  }
}
