package import FonanaCore

/// `store.forget`: in one conversation, or what is older than an instant, or both.
package struct ForgetRequest: Codable, Sendable, Hashable {
  /// Null: all conversations; `before` is needed then.
  @Nullable package var who: String?
  /// Null: everything that is here.
  @RFC3339 package var before: Timestamp?

  package init(who: String? = nil, before: Timestamp? = nil) {
    self.who = who
    self.before = before
  }
}

/// What was removed.
package struct ForgetResult: Codable, Sendable, Hashable {
  package var messages: Int
  /// What is older does not come back; null: nothing was here.
  @RFC3339 package var before: Timestamp?

  package init(messages: Int, before: Timestamp? = nil) {
    self.messages = messages
    self.before = before
  }
}
