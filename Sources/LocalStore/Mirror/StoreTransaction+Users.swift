import FonanaCore
import GRDB

extension StoreTransaction {
  /// A new name shows everywhere, since names stand in this table only.
  func note(_ profile: UserProfile) throws {
    guard notedUsers.insert(profile).inserted else { return }
    let known = try db.user(profile.id)
    let completed = profile.completed(from: known)
    guard completed != known else { return }
    let shared = try db.all(
      "SELECT id FROM conversation WHERE participant_id = ?", [profile.id]
    ) { try $0.at(0) as ConversationID }
    for id in shared { try touch(id) }
    try completed.save(in: db)
    notedUsers = [profile]  // an older form of the same profile counts again
  }

  /// A conversation made or found, before a list shows it.
  func noteConversation(_ id: ConversationID, with profile: UserProfile) throws {
    try touch(id)
    try note(profile)
    try ensureConversation(id, with: profile.id)
  }

  /// Messages may name a conversation that no list has shown yet.
  func ensureConversation(_ id: ConversationID, with participant: UserID?) throws {
    var record = try db.conversation(id) ?? ConversationRecord(id: id)
    guard record.participantID == nil, try participant != me() else {
      if record.participantID == nil { try record.save(in: db) }
      return
    }
    record.participantID = participant
    try record.save(in: db)
  }
}
