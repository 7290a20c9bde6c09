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
    try Done("", ["message": .string(raw)]).encode(to: encoder)
  }

  func text(_ style: TextStyle) -> String {
    guard let line else { return DisplayText.line(raw) }
    let fields = line.fields.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    let level = DisplayWidth.padded(line.level, to: 7)
    return DisplayText.line(
      "\(line.at)  \(level) \(line.category): \(line.message)\(fields)")
  }
}
