import FonanaCore
import FonanaTestSupport
import Testing

@testable import fonanad

/// Mutated settings; a crash is a crash of the test run.
@Suite struct ConfigurationFuzzTests {
  /// Found by the test below: the reader of TOML ended the process.
  @Test(arguments: ["[", "[[\n", "[=", "[ =]", "[#", "[[[a", "[\u{fffd}]"])
  func aHeaderWithoutANameIsRefused(text: String) {
    #expect(throws: FonanaError.self) { try ConfigurationFile(text: text, path: "/c") }
  }

  @Test func mutatedSettingsAreReadOrRefusedWithAReason() {
    var mutator = Mutator(
      seed: 78,
      corpus: [
        "server = \"https://fonana.me\"\n[sync]\nmode = \"eager\"\n",
        "[notifications]\nenabled = true\nquiet_hours = \"22:00-08:00\"\nmute = [\"alice\"]\n",
        "websocket_token = \"header\" # x\n[daemon]\nlog_level = 'debug'\n",
      ], pieces: ["\"\"\"", "[[", "inf", "0x", "1979-05-27", "[", "[["])
    let count = 5_000
    var accepted = 0
    for _ in 0..<count {
      let text = String(decoding: mutator.next(), as: UTF8.self)
      do throws(FonanaError) {
        _ = try ConfigurationFile(text: text, path: "/c")
        accepted += 1
      } catch {
        #expect(error.code == .badConfiguration && !error.message.isEmpty)
      }
    }
    #expect(accepted > 0)
    print("configuration: \(count) executions, \(accepted) accepted")
  }
}
