import FonanaCore
import SyncEngine

/// What the client has been shown of the others, and when it has asked.
struct ReplyRecord {
  /// The dates of the newest messages of others that any list or page has brought.
  private(set) var told: [ConversationID: Timestamp] = [:]
  /// Those that are on the disk, or that a list has shown to this process.
  private(set) var seen: [ConversationID: Timestamp] = [:]
  private(set) var durable: [ConversationID: Timestamp] = [:]
  /// When each list that is on its way was asked for.
  private var asked: [RequestID: Duration] = [:]
  private var newestList: (asked: Duration, came: Duration)?
  /// When each message was queued, or queued again by a person, durably.
  private var queued: [ClientID: Duration] = [:]

  mutating func asks(_ id: RequestID, at now: Duration) { asked[id] = now }

  mutating func came(_ list: [ListedConversation], _ id: RequestID, at now: Duration) {
    newestList = asked.removeValue(forKey: id).map { ($0, now) }
    for listed in list {
      guard let date = Self.date(ofOther: listed) else { continue }
      Self.note(date, of: listed.id, in: &told)
      Self.note(date, of: listed.id, in: &seen)
    }
  }

  mutating func came(_ page: MessagePage, _ id: ConversationID) {
    if let date = Self.date(ofOther: page) { Self.note(date, of: id, in: &told) }
  }

  mutating func stored(_ act: StoreAct) {
    switch act {
    case .applyPage(let id, let page, _, _, _):
      if let date = Self.date(ofOther: page) { store(date, of: id) }
    case .applyList(let states, _):
      for listed in states.map(\.conversation) {
        // Of a paid one there is no text that would tell it from a notification's.
        if listed.last?.isPaid == false, let date = Self.date(ofOther: listed) {
          store(date, of: listed.id)
        }
      }
    default: break
    }
  }

  mutating func isQueued(_ cid: ClientID, at now: Duration) { queued[cid] = now }

  /// nil: a list that was asked for since `cid` was queued has come within five seconds.
  func isBlind(_ cid: ClientID, at now: Duration) -> String? {
    guard let newestList else { return "no list has come" }
    if now - newestList.came > .seconds(5) {
      return "the last list came at \(Trace.stamp(newestList.came))"
    }
    guard let queued = queued[cid], newestList.asked < queued else { return nil }
    return "the last list was asked for at \(Trace.stamp(newestList.asked)), before it was queued"
  }

  /// The process is gone with what it had in memory.
  mutating func died() {
    seen = durable
    asked = [:]
    newestList = nil
  }

  private mutating func store(_ date: Timestamp, of id: ConversationID) {
    Self.note(date, of: id, in: &durable)
    Self.note(date, of: id, in: &seen)
  }

  private static func note(
    _ date: Timestamp, of id: ConversationID, in dates: inout [ConversationID: Timestamp]
  ) {
    dates[id] = max(dates[id] ?? date, date)
  }

  private static func date(ofOther listed: ListedConversation) -> Timestamp? {
    listed.last.flatMap { $0.senderID == ModelServer.me ? nil : $0.createdAt }
  }

  private static func date(ofOther page: MessagePage) -> Timestamp? {
    page.messages.filter { $0.senderID != ModelServer.me }.map(\.createdAt).max()
  }
}
