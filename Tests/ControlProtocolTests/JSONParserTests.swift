import FonanaCore
import Testing

@testable import ControlProtocol

@Suite struct JSONParserTests {
  @Test(arguments: [
    ("null", JSONValue.null), (" true ", .bool(true)), ("-0.5e+3", .number("-0.5e+3")),
    ("[]", .array([])), ("{}", .object([:])),
    (
      #"{"a":[1,{"b":null}],"c":"d"}"#,
      .object(["a": .array([.number("1"), .object(["b": .null])]), "c": .string("d")])
    ),
    (#"{"a":1,"a":2}"#, .object(["a": .number("2")])),
    (#""\"\\\/\b\f\n\r\té""#, .string("\"\\/\u{8}\u{c}\n\r\té")),
    (#""😀 привет""#, .string("😀 привет")),
    (#""\ud83dx \ud83d\u0041 \ude00""#, .string("\u{fffd}x \u{fffd}A \u{fffd}")),
  ])
  func textBecomesATree(text: String, tree: JSONValue) throws {
    #expect(try JSONParser.parse(Array(text.utf8)) == tree)
  }

  @Test(arguments: [
    "", " ", "nul", "tru", "01", "1.", ".5", "-", "1e", "+1", "[1,]", "[1 2]", "{,}", #"{"a"}"#,
    #"{"a":}"#, #"{a:1}"#, #""a"#, #""\x""#, #""\u12""#, #""\u+123""#, "\"\u{1}\"", "[] []", "'a'",
  ])
  func whatIsNoJSONIsRefused(text: String) {
    #expect(throws: JSONParser.NotJSON.self) { try JSONParser.parse(Array(text.utf8)) }
  }

  @Test func brokenUTF8IsRefused() {
    #expect(throws: JSONParser.NotJSON.self) { try JSONParser.parse([0x22, 0xff, 0x22]) }
  }

  @Test func depthHasALimit() throws {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(throws: JSONParser.NotJSON.self) { try JSONParser.parse(deep) }
  }

  @Test func whatIsNoWholeNumberIsNoInteger() throws {
    #expect(try ControlJSON.decode(Int.self, from: "2.0".utf8) == 2)
    #expect(throws: (any Error).self) { try ControlJSON.decode(Int.self, from: "2.5".utf8) }
    #expect(throws: (any Error).self) { try ControlJSON.decode(UInt8.self, from: "256".utf8) }
  }

  /// The constants of the client are what its encoder would write.
  @Test func plainRequestsAreRequests() throws {
    let line = try RPC.request(Calls.status, id: .number(7), NoParameters())
    #expect(RPC.plainRequest(.statusGet, id: 7) == line)
    let hello = try RPC.request(
      Calls.hello, id: RPC.greetingID, HelloRequest(clientVersion: BuildInfo.version))
    #expect(try ControlJSON.tree(of: RPC.greeting) == ControlJSON.tree(of: hello))
  }
}
