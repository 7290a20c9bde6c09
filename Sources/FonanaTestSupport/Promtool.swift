import FoundationEssentials

/// Debian's judge of the text format, unpacked by "make deps" or installed.
package enum Promtool {
  package static let path = [
    "\(Products.repository)/.build-tools/prometheus/usr/bin/promtool", "/usr/bin/promtool",
  ].first { FileManager.default.isExecutableFile(atPath: $0) }

  /// What it finds wrong; empty for nothing.
  package static func complaints(about text: String) async throws -> String {
    guard let path else { return "" }
    let result = try await Program(path).run(["check", "metrics"], input: Array(text.utf8))
    return result.exit == .code(0) ? "" : "\(result.exit) \(result.output)\(result.errors)"
  }
}
