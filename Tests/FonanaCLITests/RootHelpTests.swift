import FonanaTestSupport
import FoundationEssentials
import Testing

@testable import fonana_cli

/// What somebody sees first.
@Suite struct RootHelpTests {
  private let lines = RootHelp.text.split(separator: "\n")

  @Test func itFitsOnAScreen() async throws {
    let printed = try await Program(Products.path(of: "fonana"), environment: [:]).run(["--help"])
    #expect(printed.output == RootHelp.text + "\n" && printed.status == 0, "\(printed)")
    #expect(printed.output.count { $0 == "\n" } <= 40)
    for line in lines { #expect(line.count <= 80, "\(line)") }
  }

  @Test func itNamesEveryCommandOnce() {
    let named = lines.filter { $0.hasPrefix("  ") }.compactMap { $0.split(separator: " ").first }
    #expect(named.map(String.init).sorted() == Set(CommandTable.firstWords).sorted())
  }

  @Test(arguments: [
    ["--version"], ["help"], ["read", "--help"], ["--json", "outbox", "edit", "-h"], [],
  ])
  func inJSONItIsOneObjectToo(_ words: [String]) async throws {
    let fonana = Program(Products.path(of: "fonana"), environment: ["HOME": "/nonexistent"])
    let printed = try await fonana.run(words.contains("--json") ? words : words + ["--json"])
    let page = try JSONDecoder().decode(Page.self, from: Data(printed.output.utf8))
    #expect(page.schema == 1 && (page.help ?? page.version)?.isEmpty == false, "\(words)")
    #expect(printed.status == 0 && printed.output.count { $0 == "\n" } == 1)
  }

  private struct Page: Decodable {
    let schema: Int
    let help: String?
    let version: String?
  }
}
