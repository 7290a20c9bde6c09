import ControlProtocol
import FonanaCore
import LocalStore

extension ConversationInfo {
  init(_ row: ConversationRow, account: AccountRecord?, blockedBy: BlockInfo? = nil) {
    self.init(
      id: row.id, participant: ParticipantInfo(row.participant), unread: row.unread,
      lastMessage: row.last.map { MessageInfo($0, userID: account?.userID) },
      blockedBy: blockedBy)
  }
}

extension BlockInfo {
  /// nil: nothing waits for a person there.
  init?(_ row: OutboxRow) {
    guard row.isBlockingHead else { return nil }
    self.init(
      cid: row.item.cid, to: row.item.recipient.text,
      state: row.item.state == .held ? .held : .parked,
      reason: row.item.reason.map { ErrorInfo($0) }, waiting: row.waiting)
  }
}

extension [OutboxRow] {
  var blocks: [BlockInfo] { compactMap { BlockInfo($0) } }

  func block(in conversation: ConversationID) -> BlockInfo? {
    filter {
      $0.conversationID == conversation || $0.blockedConversations.contains(conversation)
    }.blocks.first
  }
}

extension ParticipantInfo {
  /// The id is empty while nothing is known of the other.
  init(_ profile: UserProfile?) {
    self.init(
      id: profile?.id ?? UserID(""), nickname: profile?.nickname, fullName: profile?.fullName,
      wallet: profile?.wallet)
  }
}
