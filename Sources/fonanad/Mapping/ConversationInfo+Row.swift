import ControlProtocol
import FonanaCore
import LocalStore

extension ConversationInfo {
  init(_ row: ConversationRow, account: AccountRecord?) {
    self.init(
      id: row.id, participant: ParticipantInfo(row.participant), unread: row.unread,
      lastMessage: row.last.map { MessageInfo($0, userID: account?.userID) })
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
