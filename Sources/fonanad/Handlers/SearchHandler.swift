import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// `message.search`: in the texts of the mirror, without any tick.
struct SearchHandler: Sendable {
  private static let limit = 500
  private static let contentBytes = 1024

  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.search) { request, _ throws(FonanaError) in try await search(request) }
  }

  private func search(_ request: SearchRequest) async throws(FonanaError) -> SearchResult {
    let account = try await context.requiredAccount()
    let found = try await context.store.search(
      try await query(request, account), mode: context.mode)
    return SearchResult(
      matches: found.matches.map { Self.match($0, account) }, total: found.total,
      freshness: FreshnessInfo(context.engine.status))
  }

  private func query(
    _ request: SearchRequest, _ account: AccountRecord
  ) async throws(FonanaError) -> TextQuery {
    let expression = request.isRaw ? request.query : try SearchExpression(request.query).text
    var query = TextQuery(expression, limit: min(max(1, request.limit), Self.limit))
    if let who = request.inside { query.conversationID = try await context.conversation(who) }
    if let who = request.from { query.senderID = try await sender(who, account) }
    (query.since, query.until) = (request.since, request.until)
    (query.withMediaOnly, query.paidOnly) = (request.withMediaOnly, request.paidOnly)
    query.order = request.order == .time ? .time : .relevance
    return query
  }

  private func sender(
    _ who: String, _ account: AccountRecord
  ) async throws(FonanaError) -> UserID {
    if who == "me" { return account.userID }
    guard let user = try await context.recipient(who)?.user else {
      throw FonanaError(
        .notFound, "Nobody called “\(DisplayText.line(who, limit: 60))” is known here.",
        hint: "Type “fonana inbox” to see your conversations, or “me” for yourself.")
    }
    return user.id
  }

  private static func match(_ found: TextMatch, _ account: AccountRecord) -> SearchResult.Match {
    SearchResult.Match(
      message: MessageInfo(found.row, userID: account.userID).cut(to: contentBytes),
      snippet: found.snippet.text,
      parts: found.snippet.parts.map { SearchResult.Part(text: $0.text, isMatch: $0.isMatch) })
  }
}
