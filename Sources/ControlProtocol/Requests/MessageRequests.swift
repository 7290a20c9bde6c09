package import FonanaCore

/// `message.list`: from the mirror, without any tick.
package struct MessageListRequest: Codable, Sendable, Hashable {
  /// Null: all conversations.
  @Nullable package var who: String?
  @RFC3339 package var since: Timestamp?
  @Nullable package var before: MessageID?
  /// At most 500.
  package var limit: Int
  /// `nextCursor` of the answer before.
  @Nullable package var cursor: String?
  /// From the oldest one on; needs `who`.
  package var oldestFirst: Bool

  package init(
    who: String? = nil, since: Timestamp? = nil, before: MessageID? = nil, limit: Int = 500,
    cursor: String? = nil, oldestFirst: Bool = false
  ) {
    self.who = who
    self.since = since
    self.before = before
    self.limit = limit
    self.cursor = cursor
    self.oldestFirst = oldestFirst
  }
}

/// At most 500 messages or 512 KiB, newest first unless it was asked otherwise.
package struct MessageListResult: Codable, Sendable, Hashable {
  package var messages: [MessageInfo]
  /// Null: nothing is left.
  @Nullable package var nextCursor: String?
  /// Where messages may be missing among these.
  package var gaps: [GapInfo]
  package var freshness: FreshnessInfo

  package init(
    messages: [MessageInfo], nextCursor: String? = nil, gaps: [GapInfo] = [],
    freshness: FreshnessInfo
  ) {
    self.messages = messages
    self.nextCursor = nextCursor
    self.gaps = gaps
    self.freshness = freshness
  }
}

/// `message.get`: by the server's id or our cid.
package struct MessageGetRequest: Codable, Sendable, Hashable {
  package var id: String
  /// Where the piece of text begins, in bytes of UTF-8.
  package var offset: Int

  package init(id: String, offset: Int = 0) {
    self.id = id
    self.offset = offset
  }
}

/// One message with a piece of its text of at most 512 KiB.
package struct MessageGetResult: Codable, Sendable, Hashable {
  package var message: MessageInfo
  /// Null: the text ends with this piece.
  @Nullable package var nextOffset: Int?

  package init(message: MessageInfo, nextOffset: Int? = nil) {
    self.message = message
    self.nextOffset = nextOffset
  }
}

/// `message.image`: writes the image into the open descriptor that comes with the request.
package struct ImageRequest: Codable, Sendable, Hashable {
  package var id: MessageID

  package init(id: MessageID) {
    self.id = id
  }
}

/// What was written.
package struct ImageResult: Codable, Sendable, Hashable {
  package var contentType: String
  package var byteCount: Int

  package init(contentType: String, byteCount: Int) {
    self.contentType = contentType
    self.byteCount = byteCount
  }
}
