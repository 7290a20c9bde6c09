package import FonanaCore

/// What the daemon asks of the engine for a person.
package enum Wish: Sendable, Equatable, Codable {
  /// Answered once the disk has been read.
  case ready
  case logIn(wallet: String, keepNew: Bool, proof: WalletProof? = nil)
  case logOut
  case enqueue(OutboxItem)
  case outbox(OutboxCommand)
  /// `insists`: the server is asked, however current the mirror is.
  case prepareRead(
    ConversationID, wantsAll: Bool, insists: Bool = false, patience: Duration)
  case markRead(ConversationID, through: MessagePosition)
  case refreshList(patience: Duration)
  case call(ServerRequest, patience: Duration)
  /// No WebSocket until `resumeSocket`, or until `limit` is over. Answered when none is open.
  case pauseSocket(limit: Duration)
  case resumeSocket
}

package enum WishAnswer: Sendable, Codable {
  case loggedIn(LoginResult)
  case enqueued(EnqueueResult)
  case read(ReadFreshness)
  /// Whether the list came in time.
  case list(Bool)
  case reply(ServerReply)
  case done
  case failed(FonanaError)
}
