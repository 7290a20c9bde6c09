import FonanaTestSupport
import FoundationEssentials

/// The files of this repository, as text.
enum Repository {
  static func text(_ path: String) throws -> String {
    let data = try Data(contentsOf: URL(filePath: "\(Products.repository)/\(path)"))
    return String(decoding: data, as: UTF8.self)
  }

  /// All tests, as `Target/function`.
  static func testNames() throws -> Set<String> {
    let manager = FileManager.default
    let root = "\(Products.repository)/Tests"
    var names: Set<String> = []
    for target in try manager.contentsOfDirectory(atPath: root) {
      for file in try manager.subpathsOfDirectory(atPath: "\(root)/\(target)")
      where file.hasSuffix(".swift") {
        names.formUnion(
          tests(in: try text("Tests/\(target)/\(file)")).map { "\(target)/\($0)" })
      }
    }
    return names
  }

  /// The kinds of fault of the simulator, as `fonana-sim/kind`.
  static func simulatedFaults() throws -> Set<String> {
    let lines = try text("Sources/fonana-sim/Plan/FaultKind.swift").split(separator: "\n")
    let cases = lines.filter { $0.hasPrefix("  case ") }
    return Set(
      cases.flatMap { $0.dropFirst(7).split(separator: ",") }
        .map { "fonana-sim/\($0.drop { $0 == " " })" })
  }

  /// The functions that follow `@Test`.
  private static func tests(in source: String) -> [Substring] {
    var isTest = false
    var names: [Substring] = []
    for line in source.split(separator: "\n") {
      let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "@" }
      isTest = isTest || words.contains("@Test")
      guard isTest, let index = words.firstIndex(of: "func"), index + 1 < words.count else {
        continue
      }
      names.append(words[index + 1])
      isTest = false
    }
    return names
  }
}
