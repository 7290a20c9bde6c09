import FonanaCore
import FonanaTestSupport
import FoundationEssentials
import Testing

@testable import fonanad

/// Settings found by mutating sound ones, at which the reader of TOML ended the process.
@Suite struct ConfigurationFuzzTests {
  /// Every file of the corpus is read or refused with a sentence.
  @Test func theCorpusEndsNothing() throws {
    let folder = "\(Products.repository)/Fuzz/Corpus/settings"
    var read = 0
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    for name in names {
      let data = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
      do throws(FonanaError) {
        _ = try ConfigurationFile(text: String(decoding: data, as: UTF8.self), path: "/c")
        read += 1
      } catch {
        #expect(error.code == .badConfiguration, "\(name)")
      }
    }
    #expect(read > 0 && read < names.count)
  }

  @Test(arguments: [
    "[", "[[\n", "[=", "[ =]", "[#", "[[[a", "[\u{fffd}]", "[notifications]\nmute = [}]",
    "[notifications]\nmute = [\"a\", }]", "x = 2026-11-27TD8:00:00Z", "x = [026-11-27]",
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
    "server = \"\"\"https://a.example/}\"\"\"\r\n[ sync ]\r\n",
    "'server' = 'https://a.example'\n[notifications] # }\nmute=[ 'a' , # }\n \"b\",\n]", "",
  ])
  func bracesInTextsAndCommentsAreFree(text: String) throws {
    _ = try ConfigurationFile(text: text, path: "/c")
  }
}
