import ControlProtocol
import FonanaCore
import FonanaTestSupport
import Testing

/// Mutated requests; a crash is a crash of the test run.
@Suite struct RequestFuzzTests {
  @Test func mutatedRequestsAreReadOrRefused() {
    var mutator = Mutator(
      seed: 6,
      corpus: [
        #"{"jsonrpc":"2.0","id":1,"method":"hello","params":{"clientVersion":"0.1.0","protocol":1}}"#,
        #"{"jsonrpc":"2.0","id":"a","method":"wait","params":{"for":"connected","timeoutSeconds":1.5}}"#,
        #"{"jsonrpc":"2.0","id":2,"method":"status.get"}"#,
      ], pieces: [#""id":null,"#, #""params":[],"#])
    let count = 20_000
    var heads = 0
    for _ in 0..<count {
      let bytes = mutator.next()
      if (try? RPC.head(of: bytes)) != nil { heads += 1 }
      _ = try? RPC.parameters(of: bytes, for: Calls.hello)
      _ = try? RPC.parameters(of: bytes, for: Calls.wait)
      _ = JSONValue.parse(String(decoding: bytes, as: UTF8.self))
    }
    #expect(heads > 0 && heads < count)
    print("control messages: \(count) executions, \(heads) with a sound head")
  }
}
