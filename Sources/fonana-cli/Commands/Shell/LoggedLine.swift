import ControlProtocol
import FonanaCore

/// A line of the log; one that is not ours is shown as it is.
struct LoggedLine: Renderable {
  private let raw: String
  private let line: LogLine?

  init(_ raw: String) {
    self.raw = raw
    line = try? ControlJSON.decode(LogLine.self, from: raw.utf8)
  }

  func fits(_ category: String?, since: Timestamp?) -> Bool {
    guard let line else { return category == nil && since == nil }
    return (category ?? line.category) == line.category && (since ?? line.at) <= line.at
  }

  func encode(to encoder: any Encoder) throws {
    if let line { return try line.encode(to: encoder) }
    try ForeignLine(message: raw).encode(to: encoder)
  }

  func text(_ style: TextStyle) -> String {
    guard let line else { return DisplayText.line(raw) }
    return switch line.level {
    case "error", "critical": style.red(line.text)
    case "warning": style.yellow(line.text)
    case "trace", "debug": style.dim(line.text)
    default: line.text
    }
  }
}

/// A line of the log that is not of the daemon's form.
struct ForeignLine: Codable {
  @RFC3339 var at: Timestamp?
  @Nullable var level: String?
  @Nullable var category: String?
  @Nullable var stage: String?
  var message: String
  var fields: [String: String] = [:]

  init(message: String) {
    self.message = message
    (at, level, category, stage) = (nil, nil, nil, nil)
  }
}
