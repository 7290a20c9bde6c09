package import FonanaCore

/// Events in order, and those before them that are not kept any more.
package struct EventPage: Sendable {
  /// Their cursors; nil when nothing is missing.
  package var lost: Range<Int64>?
  package var events: [StoreEvent]
}
