import FonanaCore
import FonanaTestSupport
import GRDB

@testable import LocalStore

/// A store of its own for one test, pinned to `Sample.account`, closed at the end.
func withStore(
  limits: StoreLimits = StoreLimits(), pinned: Bool = true,
  _ body: (LocalStore) async throws -> Void
) async throws {
  try await withTemporaryHome { home in
    let store = try LocalStore.open(
      path: home.path("fonana.sqlite"), checking: false, limits: limits)
    if pinned { try await store.does(.pinAccount(Sample.account)) }
    try await body(store)
    try store.close()
  }
}

extension LocalStore {
  /// Performs at second 0 of `Sample`.
  @discardableResult
  func does(_ acts: StoreAct...) async throws(FonanaError) -> StoreResult {
    try await perform(acts, at: Sample.time(0))
  }

  /// Applies a page from the newest message, with whole coverage.
  @discardableResult
  func pull(
    _ messages: [ServerMessage], in talk: ConversationID = Sample.talk, isBacklog: Backlog = false,
    reachesBeginning: Bool = false, knownUpTo mark: MessagePosition? = nil
  ) async throws(FonanaError) -> StoreResult {
    let page = MessagePage(messages: messages, hasMore: !reachesBeginning)
    return try await does(
      .applyPage(
        talk, page, Coverage(newest: messages.map(\.position).max()),
        proven: PageSpan(page, askedWith: nil).proven(knownUpTo: mark), isBacklog: isBacklog))
  }

  func texts(
    in talk: ConversationID = Sample.talk, limit: Int = 100
  ) async throws(FonanaError) -> [String?] {
    try await messages(MessageQuery(in: talk, limit: limit), mode: .eager).rows
      .map(\.message.content)
  }

  /// Every row of every table, to compare whole stores.
  func dump(without skipped: Set<String> = []) throws -> [String] {
    try pool.read { try dumpRows(of: $0, without: skipped) }
  }
}

extension StoreResult {
  var kinds: [EventKind] { events.map(\.kind) }
}
