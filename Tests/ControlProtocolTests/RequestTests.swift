import ControlProtocol
import FonanaCore
import Testing

/// Requests as anybody could send them.
@Suite struct RequestTests {
  static let broken: [(String, RPCFailure.Number, RPCID?)] = [
    ("", .parseError, nil),
    ("hello", .parseError, nil),
    ("{", .parseError, nil),
    ("[]", .invalidRequest, nil),
    (#"{"id":4}"#, .invalidRequest, .number(4)),
    (#"{"id":"a","method":7}"#, .invalidRequest, .text("a")),
  ]

  @Test(arguments: broken)
  func brokenRequestIsAnsweredWithItsID(_ line: String, _ number: RPCFailure.Number, _ id: RPCID?) {
    let failure = #expect(throws: RPCFailure.self) { try RPC.head(of: Array(line.utf8)) }
    #expect(failure?.number == number)
    #expect(failure?.id == id)
  }

  @Test func deepNestingIsRefusedBeforeItIsRead() {
    let line = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    let failure = #expect(throws: RPCFailure.self) { try RPC.head(of: line) }
    #expect(failure?.number == .parseError)
  }

  @Test func unknownMethodNamesTheRestart() throws {
    let head = try RPC.head(of: Array(#"{"id":1,"method":"moon.rise"}"#.utf8))
    #expect(Method(rawValue: head.method) == nil)
    let failure = RPCFailure.unknownMethod(head.method, id: head.id)
    #expect(failure.number == .methodNotFound)
    #expect(failure.error.hint?.contains("fonana daemon restart") == true)
  }

  @Test func absentParametersAreAnEmptyObject() throws {
    let line = Array(#"{"id":1,"method":"notifications.read"}"#.utf8)
    #expect(try RPC.parameters(of: line, for: Calls.readNotifications).ids == nil)
  }

  @Test func wrongParameterIsNamed() {
    let line = Array(#"{"id":1,"method":"message.get","params":{"id":7,"offset":0}}"#.utf8)
    let error = #expect(throws: FonanaError.self) {
      try RPC.parameters(of: line, for: Calls.getMessage)
    }
    #expect(error?.message == "The member “params.id” has the wrong type.")
  }
}
