import FonanaCore
import Testing

/// The table of the thirty requirements in docs/security.md says what is true.
@Suite struct SecurityTableTests {
  /// Rows of which a part has no test.
  private static let open: Set<Int> = []

  private let rows: [CatalogueRow]

  init() throws {
    rows = try Repository.text("docs/security.md").split(separator: "\n")
      .compactMap(CatalogueRow.init)
  }

  @Test func everyRequirementHasItsRow() {
    #expect(rows.map(\.number) == Array(1...30))
  }

  @Test func everyRequirementNamesTestsThatExist() throws {
    let known = try Repository.testNames()
    for row in rows {
      #expect(!row.evidence.isEmpty, "row \(row.number) has no test")
      let missing = row.evidence.filter { !known.contains($0) }
      #expect(missing.isEmpty, "row \(row.number) names what does not exist")
    }
  }

  @Test func resultsSayNoMoreThanTheRowShows() {
    #expect(Set(rows.filter { $0.result == "open" }.map(\.number)) == Self.open)
    for row in rows {
      #expect(["passes", "tested", "open"].contains(row.result), "row \(row.number)")
      #expect(row.result != "passes" || row.isComplete, "row \(row.number) was never seen to fail")
    }
  }

  @Test func theUnitIsHardened() throws {
    let unit = try Repository.text("contrib/systemd/fonanad.service").split(separator: "\n")
    for line in [
      "NoNewPrivileges=yes", "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
      "LockPersonality=yes", "RestrictRealtime=yes", "UMask=0077", "LimitCORE=0",
    ] {
      #expect(unit.contains(line[...]), "\(line)")
    }
  }

  @Test func dependenciesArePinned() throws {
    let packages = try Repository.text("Package.swift").split(separator: "\n")
      .filter { $0.contains(".package(url:") }
    #expect(packages.count > 5)
    for package in packages { #expect(package.contains("exact: \""), "\(package)") }
    let pinned = packages.map { line in
      let texts = line.split(separator: "\"")
      return "\(texts[1].split(separator: "/").last ?? "?") \(texts[3])"
    }
    #expect(BuildInfo.dependencies == pinned)
  }
}
