import ControlProtocol
import FonanaCore
import Testing

@testable import fonanad

@Suite struct SendCheckTests {
  private func request(_ change: (inout SendRequest) -> Void) -> SendRequest {
    var request = SendRequest(
      cid: ClientID("11111111-2222-4333-8444-555555555555"), to: "alice", content: "hi")
    change(&request)
    return request
  }

  private static let wrong: [@Sendable (inout SendRequest) -> Void] = [
    { $0.content = nil }, { $0.content = " \n\t" }, { $0.content = "a\u{0}b" },
    { $0.content = String(repeating: "x", count: 256 << 10) + "x" }, { $0.to = "" },
    { $0.price = 0 }, { $0.price = -1 }, { $0.price = .nan }, { $0.cid = ClientID("abc") },
    { $0.cid = ClientID("11111111-2222-4333-8444-55555555555G") },
  ]

  @Test(arguments: wrong.indices)
  func whatCanNotBeSentIsWrongInput(index: Int) {
    let error = #expect(throws: FonanaError.self) {
      try SendCheck.check(request(Self.wrong[index]))
    }
    #expect(error?.code == .invalidInput)
  }

  @Test func whatCanBeSentPasses() throws {
    try SendCheck.check(request { _ in })
    try SendCheck.check(request { $0.content = String(repeating: "x", count: 256 << 10) })
    try SendCheck.check(request { ($0.content, $0.hasImage) = (nil, true) })
  }

  @Test func piecesOfATextMeetAtCharacters() {
    let text = String(repeating: "aü€😀", count: 40)
    var (whole, offset) = ("", 0)
    while true {
      let piece = TextPiece(of: text, from: offset, limit: 7)
      whole += piece.text
      guard let next = piece.next else { break }
      offset = next
    }
    #expect(whole == text)
  }
}
