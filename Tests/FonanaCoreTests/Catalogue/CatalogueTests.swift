import Testing

/// The table of the sixty faults says what is true.
@Suite struct CatalogueTests {
  /// Rows without all the tests that they need. The list only ever shrinks, to nothing.
  private static let open = Set(1...22).union([34, 38, 39, 42, 46, 48, 54, 57, 58, 59])

  private let rows: [CatalogueRow]

  init() throws {
    rows = try Repository.text("docs/reliability.md").split(separator: "\n")
      .compactMap(CatalogueRow.init)
  }

  @Test func everyFaultHasItsRow() {
    #expect(rows.map(\.number) == Array(1...60))
  }

  @Test func everyRowOfTheCatalogueHasATest() throws {
    let known = try Repository.testNames().union(Repository.simulatedFaults())
    #expect(known.count > 500)
    for row in rows {
      let missing = row.evidence.filter { !known.contains($0) }
      #expect(missing.isEmpty, "row \(row.number) names what does not exist")
      #expect(
        row.isComplete || Self.open.contains(row.number), "row \(row.number) is not complete")
    }
  }

  @Test func everyFaultOfTheSimulatorBelongsToARow() throws {
    let named = Set(rows.flatMap(\.evidence))
    #expect(try Repository.simulatedFaults().subtracting(named) == [])
  }

  @Test func openRowsAreThoseOfTheList() {
    #expect(Set(rows.filter { $0.result == "open" }.map(\.number)) == Self.open)
    #expect(rows.allSatisfy { ["open", "passes"].contains($0.result) })
  }
}
