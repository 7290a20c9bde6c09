import FonanaCore
import FonanaTestSupport
import Testing

@testable import FonanaAPI

/// Mutated answers, frames and tokens; a crash is a crash of the test run.
@Suite struct WireFuzzTests {
  private static let page = """
    {"messages":[{"id":"m1","conversationId":"c1","senderId":"u","content":"Hi","mediaUrl":null,\
    "isPaid":false,"price":null,"isRead":false,"createdAt":"2026-11-24T13:49:48.563Z",\
    "metadata":{"fonana":{"cid":"x"},"a":[1,2,{"b":null}]},"sender":{"id":"u","nickname":"bob"}}],\
    "hasMore":false}
    """

  @Test func mutatedAnswersAreReadOrRefused() {
    var mutator = Mutator(
      seed: 22, corpus: [Self.page, #"{"messages":[],"hasMore":true}"#, "<html>502</html>", "[]"],
      pieces: [#""id":"m1","#, #""metadata":{"#, #""createdAt":0,"#])
    let count = 20_000
    for _ in 0..<count {
      let bytes = mutator.next()
      var reader = AnswerReader(samplePage)
      _ = reader.feed(bytes)
      _ = reader.finish()
      _ = JSONCheck.isValid(JSONSlice(bytes))
    }
    print("HTTP bodies: \(count) executions")
  }

  @Test func mutatedFramesAndTokensAreReadOrRefused() {
    var mutator = Mutator(
      seed: 23,
      corpus: [
        #"{"type":"connected","userId":"u1"}"#, #"{"type":"pong"}"#,
        #"{"type":"new_message","conversationId":"c1","message":{"id":"m1","content":"x"}}"#,
        #"{"type":"notification","notification":{"id":"n","type":"NEW_MESSAGE","metadata":{}}}"#,
        "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VySWQiOiJ1IiwiZXhwIjoxNzk1NzU0Mjg2fQ.c2ln",
      ])
    let count = 30_000
    for _ in 0..<count {
      let bytes = mutator.next()
      _ = PushFrame(wire: bytes)
      _ = TokenClaims(of: String(decoding: bytes, as: UTF8.self))
    }
    print("WebSocket texts and tokens: \(count) executions")
  }
}
