import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// `conversation.read`: makes current, shows, and marks what was shown (docs/reliability.md, 1.6).
struct ReadHandler: Sendable {
  static let patience = Duration.seconds(3)
  static let usualCount = 20
  static let conversationLimit = 10
  /// Of one answer; the socket's limit is 8 MiB.
  static let answerBytes = 4 << 20

  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.read) { request, _ throws(FonanaError) in
      _ = try await context.requiredAccount()
      if let who = request.who { return try await read(try await conversation(who), request) }
      if !request.peek { await context.refreshList(within: Self.patience) }
      return try await readUnread(request)
    }
  }

  /// A name that the mirror does not know may stand in a list that has not come yet.
  private func conversation(_ who: String) async throws(FonanaError) -> ConversationID {
    do throws(FonanaError) {
      return try await context.conversation(who)
    } catch {
      guard error.code == .notFound else { throw error }
      await context.refreshList(within: Self.patience)
      return try await context.conversation(who)
    }
  }

  func read(
    _ id: ConversationID, _ request: ConversationReadRequest
  ) async throws(FonanaError) -> ReadResult {
    let freshness =
      request.peek
      ? nil : await context.engine.prepareRead(id, wantsAll: request.all, patience: Self.patience)
    let part = try await show(id, request)
    return ReadResult(
      conversation: part.conversation, messages: part.messages, more: part.more,
      alsoMarked: part.alsoMarked, gaps: part.places,
      blocking: [part.conversation?.blockedBy].compactMap { $0 },
      freshness: freshness.map { FreshnessInfo($0) }
        ?? FreshnessInfo(context.engine.status, gaps: part.gaps))
  }

  /// Without WHO: what is unread, of a few conversations.
  private func readUnread(
    _ request: ConversationReadRequest
  ) async throws(FonanaError) -> ReadResult {
    var request = request
    request.unreadOnly = true
    let rows = try await context.store.conversations(unreadOnly: true, mode: context.mode)
    let chosen = rows.prefix(request.all ? rows.count : Self.conversationLimit).map(\.id)
    let freshness = request.peek ? [] : await prepare(chosen)
    var result = ReadResult(
      messages: [], more: 0, alsoMarked: 0,
      blocking: try await context.store.outboxItems().blocks,
      freshness: freshness.isEmpty
        ? FreshnessInfo(context.engine.status) : FreshnessInfo(freshness))
    for id in chosen.reversed() {
      let part = try await show(id, request)
      result.messages += part.messages
      result.more += part.more
      result.alsoMarked += part.alsoMarked
      result.gaps += part.places
    }
    result.more += rows.dropFirst(chosen.count).reduce(0) { $0 + $1.unread }
    return result
  }

  /// All at once: together they take no longer than one.
  private func prepare(_ ids: [ConversationID]) async -> [ReadFreshness] {
    let engine = context.engine
    return await withTaskGroup(of: ReadFreshness.self) { group in
      for id in ids {
        group.addTask {
          await engine.prepareRead(id, wantsAll: false, patience: Self.patience)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }

  private struct Part {
    var conversation: ConversationInfo?
    var messages: [MessageInfo]
    var more: Int
    var alsoMarked: Int
    /// Of the whole conversation.
    var gaps: Int
    /// Among what is shown.
    var places: [GapInfo]
  }

  private func show(
    _ id: ConversationID, _ request: ConversationReadRequest
  ) async throws(FonanaError) -> Part {
    let account = try await context.account()
    let row = try await context.store.conversation(id, mode: context.mode)
    let slice = try await context.store.messages(
      try await query(id, request, unread: row?.unread ?? 0), mode: context.mode)
    var shown = slice.rows.map {
      MessageInfo($0, userID: account?.userID).cut(to: Self.answerBytes / 8)
    }
    let left = Self.dropOldest(&shown, over: Self.answerBytes)
    if !request.peek, let newest = slice.rows.last {
      try await context.engine.markRead(id, through: newest.message.position)
    }
    let outbox = try await context.store.outboxItems()
    let unreadShown = slice.rows.dropFirst(left).count(where: \.isUnread)
    if request.before == nil {
      shown += try await context.store.outboxItems(in: id).map {
        MessageInfo($0, account: account)
      }
    }
    return Part(
      conversation: row.map {
        ConversationInfo($0, account: account, blockedBy: outbox.block(in: id))
      }, messages: shown,
      more: slice.more + left,
      alsoMarked: request.peek || slice.rows.isEmpty ? 0 : max(0, (row?.unread ?? 0) - unreadShown),
      gaps: row?.gaps ?? 0, places: slice.gaps.map { GapInfo($0) })
  }

  private func query(
    _ id: ConversationID, _ request: ConversationReadRequest, unread: Int
  ) async throws(FonanaError) -> MessageQuery {
    var before: MessagePosition?
    if let message = request.before {
      before = try await MessageHandler(context: context).position(of: message)
    }
    let isBounded = !request.all || request.who == nil
    let usual = request.since != nil || !isBounded ? 100_000 : max(Self.usualCount, unread)
    return MessageQuery(
      in: id, limit: max(1, request.limit ?? usual), before: before, since: request.since,
      unreadOnly: request.unreadOnly)
  }

  /// How many were dropped.
  private static func dropOldest(_ messages: inout [MessageInfo], over limit: Int) -> Int {
    var size = 0
    let kept = messages.reversed().prefix { message in
      size += message.approximateBytes
      return size <= limit
    }.count
    let dropped = messages.count - max(kept, min(1, messages.count))
    messages.removeFirst(dropped)
    return dropped
  }
}
