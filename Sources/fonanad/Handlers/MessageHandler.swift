import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// `message.list`, `message.get`: from the mirror, without any tick.
struct MessageHandler: Sendable {
  private static let listLimit = 500
  private static let listBytes = 512 << 10
  private static let pieceBytes = 512 << 10

  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.listMessages) { request, _ throws(FonanaError) in try await list(request) }
    router.on(Calls.getMessage) { request, _ throws(FonanaError) in try await get(request) }
  }

  private func list(_ request: MessageListRequest) async throws(FonanaError) -> MessageListResult {
    let userID = try await context.account()?.userID
    let limit = min(max(1, request.limit), Self.listLimit)
    let freshness = FreshnessInfo(context.engine.status)
    let (rows, gaps) =
      request.oldestFirst
      ? try await findOldest(request, limit: limit + 1)
      : try await find(request, limit: limit + 1)
    var messages: [MessageInfo] = []
    var size = 0
    for row in rows.prefix(limit) {
      let message = MessageInfo(row, userID: userID).cut(to: Self.listBytes - 4096)
      size += message.approximateBytes
      guard messages.isEmpty || size <= Self.listBytes else { break }
      messages.append(message)
    }
    let isWhole = messages.count == rows.count
    let last = isWhole ? nil : rows[messages.count - 1].message.position
    return MessageListResult(
      messages: messages, nextCursor: last.map { MessageCursor($0).text },
      gaps: gaps.filter { gap in
        last.map { request.oldestFirst ? gap.endsNotAfter($0) : gap.isAbove($0) } ?? true
      }.map { GapInfo($0) },
      freshness: freshness)
  }

  /// Newest first.
  private func find(
    _ request: MessageListRequest, limit: Int
  ) async throws(FonanaError) -> ([MessageRow], [MessageGap]) {
    var before = try request.cursor.map { text throws(FonanaError) in
      try MessageCursor(parsing: text).position
    }
    if before == nil, let id = request.before {
      before = try await position(of: id)
    }
    let conversations: [ConversationID]
    if let who = request.who {
      conversations = [try await context.conversation(who)]
    } else {
      conversations = try await context.store.conversations(mode: context.mode).map(\.id)
    }
    var rows: [MessageRow] = []
    var gaps: [MessageGap] = []
    for id in conversations {
      let query = MessageQuery(in: id, limit: limit, before: before, since: request.since)
      let slice = try await context.store.messages(query, mode: context.mode)
      rows += slice.rows
      gaps += slice.gaps
    }
    return (
      Array(rows.sorted { $0.message.position > $1.message.position }.prefix(limit)),
      gaps.sorted(by: MessageGap.isNewer)
    )
  }

  private func findOldest(
    _ request: MessageListRequest, limit: Int
  ) async throws(FonanaError) -> ([MessageRow], [MessageGap]) {
    guard let who = request.who else {
      throw FonanaError(.invalidInput, "Oldest first goes with one conversation only.")
    }
    var query = MessageQuery(
      in: try await context.conversation(who), limit: limit, since: request.since)
    query.isOldestFirst = true
    if let cursor = request.cursor { query.after = try MessageCursor(parsing: cursor).position }
    let slice = try await context.store.messages(query, mode: context.mode)
    return (slice.rows, slice.gaps)
  }

  func position(of id: MessageID) async throws(FonanaError) -> MessagePosition {
    guard let row = try await context.store.message(id, mode: context.mode) else {
      throw Self.unknown(id.rawValue)
    }
    return row.message.position
  }

  private func get(_ request: MessageGetRequest) async throws(FonanaError) -> MessageGetResult {
    var message = try await find(request.id)
    guard let content = message.content else { return MessageGetResult(message: message) }
    let piece = TextPiece(of: content, from: request.offset, limit: Self.pieceBytes)
    message.content = piece.text
    message.truncated = request.offset > 0 || piece.next != nil
    return MessageGetResult(message: message, nextOffset: piece.next)
  }

  /// By the server's id or by ours.
  private func find(_ id: String) async throws(FonanaError) -> MessageInfo {
    let (store, mode) = (context.store, context.mode)
    let account = try await context.account()
    if let row = try await store.message(MessageID(id), mode: mode) {
      return MessageInfo(row, userID: account?.userID)
    }
    if let row = try await store.message(sentAs: ClientID(id), mode: mode) {
      return MessageInfo(row, userID: account?.userID)
    }
    if let item = try await store.outboxItem(ClientID(id)) {
      return MessageInfo(item, account: account)
    }
    throw Self.unknown(id)
  }

  static func unknown(_ id: String) -> FonanaError {
    FonanaError(
      .notFound, "There is no message “\(DisplayText.line(id, limit: 60))” here.",
      hint: "“fonana read --json” shows the ids.")
  }
}
