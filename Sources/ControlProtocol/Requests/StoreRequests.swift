/// `store.backup`.
package struct BackupRequest: Codable, Sendable, Hashable {
  /// Absolute.
  package var path: String
  /// Take the place of an existing file.
  package var replace: Bool

  package init(path: String, replace: Bool = false) {
    self.path = path
    self.replace = replace
  }
}

package struct BackupResult: Codable, Sendable, Hashable {
  package var path: String
  package var bytes: Int64

  package init(path: String, bytes: Int64) {
    self.path = path
    self.bytes = bytes
  }
}

/// What `fonanad --restore FILE --json` prints.
package struct RestoreResult: Codable, Sendable, Hashable {
  package var path: String
  /// Messages that wait in it and may have been sent since: the server is searched for them first.
  package var waiting: Int
  /// The folder with the store that was there before.
  @Nullable package var replaced: String?

  package init(path: String, waiting: Int, replaced: String?) {
    self.path = path
    self.waiting = waiting
    self.replaced = replaced
  }
}

/// The answer of `store.stats` and `store.vacuum`; sizes in bytes.
package struct StoreReport: Codable, Sendable, Hashable {
  package var path: String
  package var conversations: Int
  package var messages: Int
  /// Of these only the beginning or nothing of the text is known.
  package var incomplete: Int
  package var gaps: Int
  package var databaseBytes: Int64
  /// Unused parts of the database; `store.vacuum` gives them back.
  package var freeBytes: Int64
  package var logBytes: Int64
  /// Copies of older or damaged stores.
  package var copyBytes: Int64

  package init(
    path: String, conversations: Int, messages: Int, incomplete: Int, gaps: Int,
    databaseBytes: Int64, freeBytes: Int64, logBytes: Int64, copyBytes: Int64
  ) {
    self.path = path
    self.conversations = conversations
    self.messages = messages
    self.incomplete = incomplete
    self.gaps = gaps
    self.databaseBytes = databaseBytes
    self.freeBytes = freeBytes
    self.logBytes = logBytes
    self.copyBytes = copyBytes
  }
}
