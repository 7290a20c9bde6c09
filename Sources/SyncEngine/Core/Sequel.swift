package import FonanaCore

/// What goes on once a transaction is durable.
package enum Sequel: Sendable, Hashable {
  case nothing
  case logIn(WishID)
  case changed(WishID, [ItemChange])
  case markedRead(WishID, ConversationID, MessagePosition)
  /// `names`: what its recipient was known to be called.
  case enqueued(WishID, names: [String])
  /// A list that came then is in the store.
  case listed(at: Timestamp)
  case readers(ConversationID)
  /// The intent is on disk: the POST may leave.
  case post(ClientID)
  /// The item is settled and its row gone.
  case settled(ClientID)
  /// The same, and what it was edited to waits in its place.
  case superseded(ClientID)
  /// The item is taken back, since the other has written.
  case withdrawn(ClientID)
}
