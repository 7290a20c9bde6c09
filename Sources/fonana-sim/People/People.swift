import FonanaCore

/// What the people of a schedule remember.
struct People {
  struct Send {
    var partner: Int
    /// The daemon said that it has it.
    var isReported = false
    /// Its place in the queue.
    var sequence: Int64?
    /// A person let later ones pass it.
    var isSkipped = false
    /// A person decided about it without knowing whether the server has it.
    var isUndecidable = false
  }

  /// The recipient of a mistyped name.
  static let nobody = -1

  var sends: [ClientID: Send] = [:]
  /// In the order of their first attempts.
  var order: [ClientID] = []
  /// A logout was answered, and nobody has logged in since.
  var isLoggedOut = false
  /// The browser's connection.
  var browser: Int?
  /// Messages of others that came here unread, in a page that is durable.
  var cameUnread: Set<MessageID> = []
}
