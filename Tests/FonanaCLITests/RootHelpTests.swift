import FonanaTestSupport
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
}
