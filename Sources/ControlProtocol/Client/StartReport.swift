package import FonanaCore
import FoundationEssentials

/// What a daemon that did not start has left: its last `error:` and `hint:` lines.
package enum StartReport {
  package static func error(
    log: String, exitCode: Int32, prefix: String = "The daemon did not start: "
  ) -> FonanaError {
    let lines = log.split(whereSeparator: \.isNewline)
    let message = last("error: ", of: lines) ?? lines.last.map { DisplayText.line(String($0)) }
    return FonanaError(
      code(for: exitCode),
      message.map { prefix + $0 }
        ?? "The daemon ended with exit code \(exitCode) before it answered.",
      hint: last("hint: ", of: lines) ?? "Type “fonana daemon run” to see what it says.")
  }

  static func read(_ path: String) -> String {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { return "" }
    return String(decoding: data.suffix(8192), as: UTF8.self)
  }

  private static func last(_ prefix: String, of lines: [Substring]) -> String? {
    lines.last { $0.hasPrefix(prefix) }
      .map { DisplayText.line(String($0.dropFirst(prefix.count)), limit: 500) }
  }

  private static func code(for exitCode: Int32) -> ErrorCode {
    switch ExitStatus(rawValue: exitCode) {
    case .badConfiguration: .badConfiguration
    case .storeUnwritable: .storeUnwritable
    case .internalDefect: .internalDefect
    case .refused: .refused
    case .usage: .invalidInput
    default: .daemonUnavailable
    }
  }
}
