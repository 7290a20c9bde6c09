import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// `message.search`: in the texts of the mirror, without any tick.
struct SearchHandler: Sendable {
  private static let limit = 500
  private static let contentBytes = 1024

  let context: DaemonContext
  private let turn = SearchTurn()

  init(context: DaemonContext) { self.context = context }

  func register(in router: inout ControlRouter) {
    router.on(Calls.search) { [turn] request, _ throws(FonanaError) in
      try await turn.take { () async throws(FonanaError) in try await search(request) }
    }
  }

  /// Out of one state of the store.
  private func search(_ request: SearchRequest) async throws(FonanaError) -> SearchResult {
    let freshness = FreshnessInfo(context.engine.status)
    let (account, found) = try await context.store.view(mode: context.mode) { view in
      guard let account = try view.account() else { throw DaemonContext.notLoggedIn }
      return (account, try view.search(try Self.query(request, account, in: view)))
    }
    return SearchResult(
      matches: found.matches.map { Self.match($0, account) }, total: found.total,
      freshness: freshness)
  }

  private static func query(
    _ request: SearchRequest, _ account: AccountRecord, in view: StoreView
  ) throws -> TextQuery {
    let expression =
      request.isRaw ? try raw(request.query) : try SearchExpression(request.query).text
    var query = TextQuery(expression, limit: min(max(1, request.limit), limit))
    if let who = request.inside {
      query.conversationID = try DaemonContext.conversation(of: who, among: view.resolve(who))
    }
    if let who = request.from { query.senderID = try sender(who, account, in: view) }
    (query.since, query.until) = (request.since, request.until)
    (query.withMediaOnly, query.paidOnly) = (request.withMediaOnly, request.paidOnly)
    query.order = request.order == .time ? .time : .relevance
    return query
  }

  /// One that begins with a star would be a command to the index.
  private static func raw(_ query: String) throws(FonanaError) -> String {
    guard query.first(where: { !$0.isWhitespace }) != "*" else {
      throw FonanaError(
        .invalidInput, "An expression can't begin with “*”.",
        hint: "A “*” stands behind the beginning of a word.")
    }
    return SearchText.indexed(query) ?? query
  }

  private static func sender(
    _ who: String, _ account: AccountRecord, in view: StoreView
  ) throws -> UserID {
    if who == "me" { return account.userID }
    guard let user = try DaemonContext.recipient(of: who, among: view.resolve(who))?.user else {
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
