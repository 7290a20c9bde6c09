import FonanaCore
import Testing

@testable import fonanad

/// Settings found by mutating sound ones, at which the reader of TOML ended the process.
@Suite struct ConfigurationFuzzTests {
  @Test(arguments: [
    "[", "[[\n", "[=", "[ =]", "[#", "[[[a", "[\u{fffd}]", "[notifications]\nmute = [}]",
    "[notifications]\nmute = [\"a\", }]",
  ])
  func whatEndsTheReaderIsRefusedBeforeIt(text: String) {
    let error = #expect(throws: FonanaError.self) {
      try ConfigurationFile(text: text, path: "/c")
    }
    #expect(error?.code == .badConfiguration)
  }

  @Test(arguments: [
    "server = \"https://a.example/{x}\" # }", "[notifications]\nmute = [\n  \"a}\",\n  'b\"}',\n]",
    "[notifications]\nmute = [\"\\\"}\"]",
  ])
  func bracesInTextsAndCommentsAreFree(text: String) throws {
    _ = try ConfigurationFile(text: text, path: "/c")
  }
}
