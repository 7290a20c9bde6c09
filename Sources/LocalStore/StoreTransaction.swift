import FonanaCore
import GRDB

/// The acts of one call, inside its savepoint.
///
/// Lives on the writer's queue for the length of the call. What it remembers between acts (whose
/// store this is, how conversations looked before) is gone with it.
final class StoreTransaction {
  let db: Database
  let now: Timestamp
  let limits: StoreLimits
  var result = StoreResult()
  /// How the touched conversations looked before, in the order of their first touch.
  private var before: [(id: ConversationID, summary: ConversationSummary?)] = []
  private var touched: Set<ConversationID> = []
  /// Profiles that are known to be in the table as they are.
  var notedUsers: Set<UserProfile> = []
  private var knownMe: UserID?
  /// What was forgotten of the conversations that were asked for.
  var knownFloors: [ConversationID: Timestamp?] = [:]

  init(_ db: Database, at now: Timestamp, limits: StoreLimits) {
    self.db = db
    self.now = now
    self.limits = limits
  }

  func perform(_ act: StoreAct) throws {
    switch act {
    case .pinAccount(let account): try pin(account)
    case .noteGeneration(let generation): try set(.generation, generation.rawValue)
    case .noteListed: try set(.lastListAt, String(now.milliseconds))
    case .noteEcho(let isEchoing): try set(.isEchoing, isEchoing ? "1" : "0")
    case .applyList(let list, let isBacklog): try apply(list, isBacklog: isBacklog)
    case .noteGone(let ids): for id in ids { try noteGone(id) }
    case .applyPage(let id, let page, let coverage, let proven, let isBacklog):
      try set(.lastPullAt, String(now.milliseconds))
      try apply(page, of: id, coverage: coverage, proven: proven, isBacklog: isBacklog)
    case .applyNotifications(let notifications, let unread, let coverages, let isBacklog):
      try apply(notifications, unread: unread, isBacklog: isBacklog)
      for id in coverages.keys.sorted() { try coverages[id].map { try setCoverage($0, of: id) } }
    case .noteDeepCheck(let id):
      try db.run("UPDATE conversation SET deep_checked_at = ? WHERE id = ?", [now, id])
    case .markNotificationsRead(let ids): try markNotificationsRead(ids)
    case .markRead(let id, let position): try markRead(id, through: position)
    case .noteConversation(let id, let profile): try noteConversation(id, with: profile)
    case .noteUser(let profile): try note(profile)
    case .enqueue(let item): try enqueue(item)
    case .update(let item, let entry): try update(item, entry)
    case .confirm(let cid, let message, let at): try confirm(cid, message, at: at)
    case .cancel(let cid, let entry): try cancel(cid, entry)
    case .noteDuplicate(let cid, let id): try noteDuplicate(cid, id)
    case .count(let counter): try count(counter)
    case .record(let kind, let detail): try record(EventDraft(kind, detail: detail))
    }
  }

  /// Adds the events of the conversations whose look has changed, and forgets what is old.
  func finish() throws -> StoreResult {
    for (id, summary) in before where try ConversationSummary(of: id, in: db) != summary {
      try record(EventDraft(.conversationChanged, conversation: id))
    }
    return result
  }

  /// To be called before a conversation, its messages or its participant change.
  func touch(_ id: ConversationID) throws {
    guard touched.insert(id).inserted else { return }
    before.append((id, try ConversationSummary(of: id, in: db)))
  }

  /// The account's user id.
  func me() throws -> UserID {
    if let knownMe { return knownMe }
    guard let account = try db.account() else {
      throw FonanaError(.notLoggedIn, "The store belongs to no account yet.", hint: "Log in first.")
    }
    knownMe = account.userID
    return account.userID
  }
}
