import FoundationEssentials
import Glibc

/// The binaries that the tests with real processes use: the static release products, or those in
/// the folder that `FONANA_BIN` names.
package enum Products {
  package static let folder: String = getenv("FONANA_BIN").map { String(cString: $0) } ?? built

  package static func path(of product: String) -> String { "\(folder)/\(product)" }

  package static func exists(_ product: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: path(of: product))
  }

  package static var areOptimized: Bool { folder.hasSuffix("release") }

  /// This file is `Sources/FonanaTestSupport/Products.swift` of the repository.
  package static let repository = #filePath.split(separator: "/").dropLast(3)
    .reduce(into: "") { $0 += "/\($1)" }

  private static var built: String { "\(repository)/.build-release/release" }
}
