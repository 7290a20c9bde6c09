package import FonanaCore

/// Whom names have turned out to mean. Not for long: a nickname may pass to somebody else.
package struct FoundNames: Sendable, Hashable {
  static let life = Duration.seconds(60)
  static let most = 32

  package var names: [String]
  package var user: UserID
  /// On the clock that stands still while the machine sleeps, as the disk does which names wait for.
  package var atMonotonic: Duration
}
