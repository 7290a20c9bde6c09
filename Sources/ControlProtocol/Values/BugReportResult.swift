/// The answer of `bugreport.make`.
package struct BugReportResult: Codable, Sendable, Hashable {
  /// Redacted, ready to be read by a person.
  package var text: String

  package init(text: String) { self.text = text }
}
