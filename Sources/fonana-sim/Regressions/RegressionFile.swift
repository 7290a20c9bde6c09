import Glibc

/// The file of schedules that have found something: they are run before all others, for ever.
struct RegressionFile: Sendable {
  /// In the repository.
  static let usual = "Tests/SimulatorTests/regressions.txt"

  let path: String

  var isThere: Bool { access(path, R_OK) == 0 }

  /// Without such a file: none.
  var regressions: [Regression] {
    text.split(separator: "\n").compactMap(Regression.init)
  }

  /// Says whether it is new and written. A file that is not there is not made.
  func add(_ regression: Regression, because why: String) -> Bool {
    guard access(path, W_OK) == 0, !regressions.contains(regression),
      let file = fopen(path, "a")
    else { return false }
    defer { fclose(file) }
    return fputs("\(regression.line)  # \(why)\n", file) >= 0
  }

  private var text: String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var byte = fgetc(file)
    while byte >= 0 {
      bytes.append(UInt8(truncatingIfNeeded: byte))
      byte = fgetc(file)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
