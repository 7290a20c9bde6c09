package import FonanaCore

/// A place in a conversation where the mirror lacks messages, and why.
package struct MessageGap: Hashable, Sendable, Codable {
  package enum Reason: String, Sendable, Codable {
    case notFetched, unreadable
  }

  package var reason: Reason
  /// nil: nothing newer is known; only of what can't be read.
  package var newer: MessagePosition?
  /// nil: down to the beginning of the conversation.
  package var older: MessagePosition?

  package static func isNewer(_ a: MessageGap, _ b: MessageGap) -> Bool {
    MessagePosition.isNewer(a.newer, than: b.newer)
  }

  package func isAbove(_ position: MessagePosition) -> Bool {
    newer.map { $0 >= position } ?? true
  }

  package func endsNotAfter(_ position: MessagePosition) -> Bool {
    newer.map { $0 <= position } ?? false
  }
}

extension MessageGap {
  init(_ gap: Gap) { self.init(reason: .notFetched, newer: gap.newer, older: gap.older) }

  init(_ stretch: UnreadableStretch) {
    self.init(reason: .unreadable, newer: stretch.newer, older: stretch.older)
  }
}
