package import FonanaCore

/// Whom names have turned out to mean. Not for long: a nickname may pass to somebody else.
package struct FoundNames: Sendable, Hashable {
  static let life = Duration.seconds(60)
  static let most = 32

  package var names: [String]
  package var user: UserID
  package var atBoot: Duration
}
