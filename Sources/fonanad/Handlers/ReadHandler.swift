import ControlProtocol
import FonanaCore
import LocalStore
import Logging
import SyncEngine

/// `conversation.read`: makes current, shows, and marks what was shown (docs/reliability.md, “The mirror”).
struct ReadHandler: Sendable {
  static let patience = Duration.seconds(3)
  static let conversationLimit = 10
  /// After a sleep or an outage the engine asks for a list by itself: this waits for that one.
  private static let (listPatience, listAge) = (Duration.seconds(2), Duration.seconds(30))

  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.read) { request, _ throws(FonanaError) in
      if let glance = try await glance(request) { return glance }
      _ = try await context.requiredAccount()
      if let who = request.who { return try await read(try await conversation(who), request) }
      guard request.before == nil else {
        throw FonanaError(.invalidInput, "“before” needs the conversation that it is about.")
      }
      if !request.peek { await context.refreshList(within: Self.patience) }
      return try await readUnread(request)
    }
  }

  /// What needs nothing but the mirror, out of one state of it; nil when that does not know the
  /// name.
  private func glance(_ request: ConversationReadRequest) async throws(FonanaError) -> ReadResult? {
    guard request.peek, let who = request.who else { return nil }
    let status = context.engine.status
    let page = try await context.store.view(mode: context.mode) { view in
      guard try view.account() != nil else { throw DaemonContext.notLoggedIn }
      let matches = try view.resolve(who)
      guard matches.contains(where: { $0.conversationID != nil }) else { return ReadPage?.none }
      let id = try DaemonContext.conversation(of: who, among: matches)
      return try ReadPage(of: id, request, in: view)
    }
    return page.map { result(ReadPart($0, request), nil, status) }
  }

  /// A name that the mirror does not know may stand in a list that has not come yet.
  private func conversation(_ who: String) async throws(FonanaError) -> ConversationID {
    do throws(FonanaError) {
      return try await context.conversation(who)
    } catch {
      guard error.code == .notFound else { throw error }
      await context.refreshList(within: Self.patience, orStarts: true)
      return try await context.conversation(who)
    }
  }

  func read(
    _ id: ConversationID, _ request: ConversationReadRequest
  ) async throws(FonanaError) -> ReadResult {
    guard !request.peek else { return try await mirrored(id, request) }
    await context.refreshList(within: Self.listPatience, unlessOf: Self.listAge)
    let unread = try await context.store.view(mode: context.mode) { view in
      try view.conversation(id)?.unread ?? 0
    }
    // To fetch older ones would mark the newest read, which are not shown.
    if request.before != nil, unread > 0 { return try await mirrored(id, request) }
    let status = context.engine.status
    let freshness = try await prepare(id, request, unread)
    return result(try await show(id, request, unread: unread), freshness, status)
  }

  /// Without asking the server.
  private func mirrored(
    _ id: ConversationID, _ request: ConversationReadRequest
  ) async throws(FonanaError) -> ReadResult {
    let status = context.engine.status
    return result(try await show(id, request), nil, status)
  }

  /// Fetching marks all of it read at the server, which says only before how much was unread. What
  /// one page does not hold of that is fetched too. nil: the server was not heard from yet.
  private func prepare(
    _ id: ConversationID, _ request: ConversationReadRequest, _ unread: Int
  ) async throws(FonanaError) -> ReadFreshness? {
    guard !context.engine.status.isFirstSignAwaited else { return nil }
    var freshness = await context.engine.prepareRead(
      id, wantsAll: request.all, insists: request.fresh == true, patience: Self.patience)
    guard freshness.gaps > 0, request.limit == nil, !request.all else { return freshness }
    let here = try await context.store.view(mode: context.mode) { view in
      try ReadPage(of: id, request, unread: unread, in: view).slice.rows.count
    }
    guard here < unread else { return freshness }
    freshness.gaps =
      await context.engine.prepareRead(id, wantsAll: true, patience: Self.patience).gaps
    return freshness
  }

  /// `status`: from before the mirror was read.
  private func result(
    _ part: ReadPart, _ freshness: ReadFreshness?, _ status: EngineStatus
  ) -> ReadResult {
    ReadResult(
      conversation: part.conversation, messages: part.messages, more: part.more,
      alsoMarked: part.alsoMarked, gaps: part.places,
      blocking: [part.conversation?.blockedBy].compactMap { $0 },
      freshness: freshness.map { FreshnessInfo($0) }
        ?? FreshnessInfo(status, gaps: part.gaps))
  }

  /// Without WHO: what is unread, of a few conversations.
  private func readUnread(
    _ request: ConversationReadRequest
  ) async throws(FonanaError) -> ReadResult {
    var request = request
    request.unreadOnly = true
    let status = context.engine.status
    let rows = try await context.store.conversations(unreadOnly: true, mode: context.mode)
    let chosen = rows.prefix(request.all ? rows.count : Self.conversationLimit).map(\.id)
    let freshness = request.peek ? [] : await prepare(chosen)
    var result = ReadResult(
      messages: [], more: 0, alsoMarked: 0,
      blocking: try await context.store.outboxItems().blocks,
      freshness: freshness.isEmpty
        ? FreshnessInfo(status) : FreshnessInfo(freshness))
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
    guard !context.engine.status.isFirstSignAwaited else { return [] }
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

  private func show(
    _ id: ConversationID, _ request: ConversationReadRequest, unread: Int = 0
  ) async throws(FonanaError) -> ReadPart {
    let page = try await context.store.view(mode: context.mode) { view in
      try ReadPage(of: id, request, unread: unread, in: view)
    }
    if !request.peek, let newest = page.newest { await markRead(id, through: newest) }
    return ReadPart(page, request)
  }

  /// What can't be written down is shown all the same: reading goes on with a full disk.
  private func markRead(_ id: ConversationID, through position: MessagePosition) async {
    do throws(FonanaError) {
      try await context.engine.markRead(id, through: position)
    } catch {
      context.logger.error(
        "What was shown could not be marked read.", metadata: ["reason": "\(error)"])
    }
  }
}
