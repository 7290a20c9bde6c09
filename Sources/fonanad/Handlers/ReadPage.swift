import ControlProtocol
import FonanaCore
import LocalStore

/// What `read` has to know of a conversation, out of one state of the store.
struct ReadPage: Sendable {
  private static let usualCount = 20

  let account: AccountRecord?
  /// nil when the mirror does not have it.
  let conversation: ConversationRow?
  let slice: MessageSlice
  /// Up to here it is read with what is shown; nil: not at all, as nothing is here or older ones
  /// are looked at.
  let newest: MessagePosition?
  /// Own messages that the server does not have yet; none among older ones.
  let waiting: [OutboxItem]
  /// All of it, to tell what blocks the conversation.
  let outbox: [OutboxRow]

  /// `unread`: so many were before they were fetched.
  init(
    of id: ConversationID, _ request: ConversationReadRequest, unread: Int = 0, in view: StoreView
  ) throws {
    account = try view.account()
    conversation = try view.conversation(id)
    slice = try view.messages(
      try Self.query(id, request, unread: max(unread, conversation?.unread ?? 0), in: view))
    newest = request.before == nil ? try Self.newest(of: id, slice, in: view) : nil
    outbox = try view.outboxRows()
    waiting = request.before == nil && !outbox.isEmpty ? try view.outboxItems(in: id) : []
  }

  /// How many unread messages are older than those that are shown. The newest messages of the other
  /// are the unread ones; each row knows only whether it was when it came.
  func unreadNotShown(among shown: some Collection<MessageRow>) -> Int {
    guard let other = conversation else { return 0 }
    let shownOfOther = shown.count { $0.message.senderID != account?.userID }
    return max(0, other.unread - shownOfOther)
  }

  private static func newest(
    of id: ConversationID, _ slice: MessageSlice, in view: StoreView
  ) throws -> MessagePosition? {
    if let shown = slice.rows.last { return shown.message.position }
    return try view.messages(MessageQuery(in: id, limit: 1)).rows.last?.message.position
  }

  private static func query(
    _ id: ConversationID, _ request: ConversationReadRequest, unread: Int, in view: StoreView
  ) throws -> MessageQuery {
    let before = try request.before.map { id in
      guard let row = try view.message(id) else { throw MessageHandler.unknown(id.rawValue) }
      return row.message.position
    }
    let isBounded = !request.all || request.who == nil
    let usual = request.since != nil || !isBounded ? 100_000 : max(usualCount, unread)
    return MessageQuery(
      in: id, limit: max(1, request.limit ?? usual), before: before, since: request.since,
      unreadOnly: request.unreadOnly)
  }
}
