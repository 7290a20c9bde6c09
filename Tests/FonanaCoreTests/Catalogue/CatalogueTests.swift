import Testing

/// The table of the sixty faults says what is true.
@Suite struct CatalogueTests {
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
      #expect(row.isComplete, "row \(row.number) is not complete")
    }
  }

  @Test func everyFaultOfTheSimulatorBelongsToARow() throws {
    let named = Set(rows.flatMap(\.evidence))
    #expect(try Repository.simulatedFaults().subtracting(named) == [])
  }

  @Test func everyRowPassesAndWasSeenToFail() {
    let closed = rows.filter { $0.result == "passes" && $0.isComplete }
    print("measured: rows of the catalogue: \(closed.count) of 60")
    #expect(closed.count == 60, "\(Set(rows.map(\.number)).subtracting(closed.map(\.number)))")
  }
}
