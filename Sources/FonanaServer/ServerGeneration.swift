/// The two generations of the server in the field (docs/protocol.md).
package enum ServerGeneration: String, Sendable, CaseIterable {
  /// The deployment of 29 June 2025.
  case a = "A"
  /// That of August 2025.
  case b = "B"
}
