import Testing

/// The twelve habits of docs/interface.md have the tests that they name.
@Suite struct TerminalTableTests {
  @Test func everyHabitNamesTestsThatExist() throws {
    let page = try Repository.text("docs/interface.md")
    let section = try #require(page.split(separator: "## On a terminal and in a pipe").last)
    let rows = section.prefix(upTo: section.firstRange(of: "\n## ")?.lowerBound ?? section.endIndex)
      .split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| #") }
    #expect(rows.count == 12)
    let known = try Repository.testNames()
    for row in rows {
      let cell = try #require(row.split(separator: "|").last { !$0.allSatisfy(\.isWhitespace) })
      let names = cell.split(separator: "`").filter { $0.first?.isLetter == true }
      #expect(!names.isEmpty, "\(row)")
      for name in names { #expect(known.contains("IntegrationTests/\(name)"), "\(name)") }
    }
  }
}
