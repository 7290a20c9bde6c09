package import FonanaCore

/// A line of `fonanad.log`, and of `logs --json`.
package struct LogLine: Codable, Sendable, Hashable {
  @RFC3339 package var at: Timestamp
  package var level: String
  package var category: String
  package var message: String
  package var fields: [String: String]

  package init(
    at: Timestamp, level: String, category: String, message: String, fields: [String: String] = [:]
  ) {
    self.at = at
    self.level = level
    self.category = category
    self.message = message
    self.fields = fields
  }
}
