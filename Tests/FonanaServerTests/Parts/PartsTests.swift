import Testing

@testable import FonanaServer

@Suite struct PartsTests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func sha256GivesThePublishedDigests(_ text: String, _ digest: String) {
    let hex = SHA256.digest(Array(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    #expect(hex.joined() == digest)
  }

  @Test(arguments: [
    ("DUxkXhMWuo76ofUMtFRZtL8zmVqQnb8twLeB5NcaM4cG", true),
    ("So11111111111111111111111111111111111111112", true),
    ("11111111111111111111111111111111", true), ("111111111111111111111111111111111", false),
    ("not-a-wallet", false), ("O0Il", false), ("", false),
  ])
  func walletsAre32BytesInBase58(_ text: String, _ isValid: Bool) {
    #expect(WalletAddress.isValid(text) == isValid)
  }

  @Test func madeUpWalletsAreValid() {
    let world = World.empty()
    for _ in 0..<50 { #expect(WalletAddress.isValid(world.makeUser().wallet)) }
  }

  @Test(arguments: [
    (Int64(0), "1970-01-01T00:00:00.000Z"), (1_795_530_188_563, "2026-11-24T14:23:08.563Z"),
    (951_782_400_000, "2000-02-29T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
  ])
  func timesAreWrittenAndRead(_ milliseconds: Int64, _ text: String) {
    #expect(Timestamp.text(milliseconds) == text)
    #expect(Timestamp.text(milliseconds, zone: false) == String(text.dropLast()))
    #expect(Timestamp.parse(text) == milliseconds)
  }

  @Test func idsLookLikeTheServersAndNeverRepeat() {
    var source = IDSource(seed: 7)
    let ids = (0..<1000).map { _ in source.next(at: 1_795_530_188_563) }
    #expect(Set(ids).count == 1000)
    #expect(ids.allSatisfy { $0.wholeMatch(of: /cm[a-z0-9]{23}/) != nil })
  }

  @Test(arguments: [
    (#"{"a":[1,-0.5e3,true,null,"x"]}"#, #"{"a":[1,-0.5e3,true,null,"x"]}"#),
    (#" { "b" : "\u0041\n\ud83d\ude00" } "#, "{\"b\":\"A\\n😀\"}"),
    (#"{"a":1,"a":2}"#, #"{"a":2}"#), (#""\ud800""#, "\"\u{FFFD}\""), ("[]", "[]"),
    (#""\u0001\u001f\b\"\\\t""#, #""\u0001\u001f\u0008\"\\\t""#), ("{}", "{}"),
  ])
  func jsonIsReadAndWritten(_ text: String, _ written: String) {
    #expect(WireJSON(parsing: text.utf8)?.text == written)
  }

  @Test(arguments: [
    "", "{", #"{"a"}"#, "[1,]", "01", "1.", "tru", #""a"#, "\"\n\"", #""\x""#, "1 2", "-",
    String(repeating: "[", count: 600),
  ])
  func brokenJSONIsRefused(_ text: String) {
    #expect(WireJSON(parsing: text.utf8) == nil)
  }

  @Test(arguments: [
    ("POST /api/conversations/:id/messages", true), ("POST *", true), ("*", true),
    ("* /api/*", true), ("GET /api/conversations/:id/messages", false),
    ("POST /api/conversations/:id", false), ("POST /api/conversations/other/messages", false),
    ("POST /api/conversations/:id/messages/:more", false),
  ])
  func routesMatchTheirPatterns(_ pattern: String, _ matches: Bool) {
    let request = RequestRecord(
      number: 1, at: 0, method: "POST", path: "/api/conversations/cm1/messages?limit=2", label: "",
      hasBearer: false, wallet: nil, conversationID: "cm1", status: 0)
    #expect(RoutePattern(pattern).matches(request) == matches)
  }

  @Test func messagesKeepTheirOrderWhateverTheOrderOfTheirArrival() {
    let world = World.empty()
    let (ada, ben) = (world.makeUser().id, world.makeUser().id)
    let id = world.makeConversation(ada, ben)
    for at: Int64 in [5, 1, 3, 3, 9, 1] {
      world.send(from: ada, in: id, MessageDraft("\(at)"), at: at)
    }
    #expect(world.messages(in: id).map(\.createdAt) == [1, 1, 3, 3, 5, 9])
    #expect(world.unreadCount(in: id, of: ben) == 6)
  }
}
