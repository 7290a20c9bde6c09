package import FonanaCore

/// `outbox.show`.
package struct OutboxShowRequest: Codable, Sendable, Hashable {
  package var cid: ClientID

  package init(cid: ClientID) {
    self.cid = cid
  }
}

/// The parameters of `outbox.retry`, `cancel`, `skip`, `hold`, `release` and `edit`.
package struct OutboxTarget: Codable, Sendable, Hashable {
  /// Null: all (`retry`, `hold` and `release` only).
  @Nullable package var cid: ClientID?
  /// For `edit`.
  @Nullable package var content: String?

  package init(cid: ClientID? = nil, content: String? = nil) {
    self.cid = cid
    self.content = content
  }
}
