package import FonanaCore

/// A line of `fonanad.log`, and of `logs --json`.
package struct LogLine: Codable, Sendable, Hashable {
  @RFC3339 package var at: Timestamp
  package var level: String
  package var category: String
  /// The step of the engine's work that it tells of; null for lines of other parts.
  @Nullable package var stage: String?
  package var message: String
  package var fields: [String: String]

  package init(
    at: Timestamp, level: String, category: String, stage: String? = nil, message: String,
    fields: [String: String] = [:]
  ) {
    self.at = at
    self.level = level
    self.category = category
    self.stage = stage
    self.message = message
    self.fields = fields
  }

  /// `time level [category] stage message key=value…`, safe to show.
  package var text: String {
    let words = [stage, message].compactMap { $0 }.filter { !$0.isEmpty }
    let fields = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.quoted($0.value))" }
    let start = ["\(at)", level, "[\(category)]"]
    return (start + words + fields).map { DisplayText.line($0) }.joined(separator: " ")
  }

  private static func quoted(_ text: String) -> String {
    let isPlain = !text.isEmpty && !text.contains { $0 == " " || $0 == "\"" || $0 == "=" }
    guard !isPlain else { return text }
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + parts.joined(separator: "\\\"") + "\""
  }
}
