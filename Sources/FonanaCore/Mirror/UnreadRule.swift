/// When messages of others are fetched, and so marked read at the server.
package enum SyncMode: String, Sendable, Codable {
  /// Only what a person asked to read, or what is read already.
  case onRead = "on-read"
  /// Everything at once: ticks are sent.
  case eager
}

/// How many messages of a conversation count as unread (docs/reliability.md, “The mirror”).
package enum UnreadRule {
  /// on-read: the newest list's count; 0 after a local read until a list names a newer message
  /// of the other. What a pull has ticked before a person read it stays unread here:
  /// `pulledUnread` counts the complete rows that `counts` counts.
  package static func onRead(
    listCount: Int, lastOfOther: MessagePosition?, readThrough: MessagePosition?,
    pulledUnread: Int = 0
  ) -> Int {
    guard let readThrough else { return max(listCount, pulledUnread) }
    guard let lastOfOther, lastOfOther > readThrough else { return 0 }
    return max(listCount, pulledUnread)
  }

  /// eager: the other's messages that were neither read when first seen nor read here.
  package static func counts(_ message: MirrorMessage, readThrough: MessagePosition?) -> Bool {
    guard !message.isOwn, !message.isRead, !message.isDeleted else { return false }
    return readThrough.map { message.position > $0 } ?? true
  }
}
