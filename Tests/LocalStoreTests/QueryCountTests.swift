import FonanaCore
import GRDB
import Synchronization
import Testing

@testable import LocalStore

/// What people ask for most costs the same few queries, however much is there, and none that looks
/// at every message.
@Suite(.timeLimit(.minutes(1)))
struct QueryCountTests {
  private struct Queries {
    var texts: [String]
    var plans: [String]
  }

  /// What `body` asks of the database.
  private func queries(
    of store: LocalStore, _ body: @escaping @Sendable (StoreView) throws -> Void
  ) async throws -> Queries {
    try await store.pool.read { db in
      let texts = Mutex<[String]>([])
      db.trace { event in
        guard case .statement(let statement) = event else { return }
        texts.withLock { $0.append(statement.expandedSQL) }
      }
      try body(StoreView(db, mode: .onRead))
      db.trace(options: [])
      let asked = texts.withLock { $0 }.filter { !$0.hasPrefix("--") && $0.contains("SELECT") }
      let plans = try asked.flatMap { text in
        try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + text).map { $0["detail"] as String }
      }
      return Queries(texts: asked, plans: plans)
    }
  }

  private func fill(_ store: LocalStore, talks: Int, messages: Int) async throws {
    for talk in 0..<talks {
      let id = ConversationID("talk-\(talk)")
      let friend = UserProfile(id: UserID("user-\(talk)"), nickname: "friend\(talk)")
      let sent = (0..<messages).map { number in
        let place = Int64(talk * messages + number)
        return number.isMultiple(of: 3)
          ? Sample.message(
            place, from: Sample.me, in: id, content: "apple \(number)", cid: Sample.cid(number))
          : Sample.message(place, from: friend.id, in: id, content: "pear \(number)", isRead: true)
      }
      try await store.does(
        .applyList([Sample.list(sent.last, talk: id, with: friend)], isBacklog: false))
      try await store.pull(sent, in: id)
    }
  }

  private static let inbox: @Sendable (StoreView) throws -> Void = { view in
    _ = (try view.account(), try view.conversations(unreadOnly: false), try view.outboxRows())
  }

  private static let read: @Sendable (StoreView) throws -> Void = { view in
    _ = (try view.account(), try view.resolve("@friend1"), try view.outboxRows())
    let id = ConversationID("talk-1")
    _ = try view.conversation(id)
    let page = try view.messages(MessageQuery(in: id, limit: 20))
    guard page.rows.count == 20, page.more > 0 else { throw FonanaError(.internalDefect, "short") }
  }

  private static let search: @Sendable (StoreView) throws -> Void = { view in
    _ = try view.account()
    let found = try view.search(TextQuery("apple", limit: 20))
    guard found.matches.count == 20 else { throw FonanaError(.internalDefect, "short") }
  }

  @Test(arguments: [(30, 2), (300, 2), (30, 20)])
  func aReadCostsTheSameFewQueries(messages: Int, talks: Int) async throws {
    try await withStore { store in
      try await fill(store, talks: talks, messages: messages)
      let queries = try await queries(of: store, Self.read)
      #expect(queries.texts.count <= 20, "\(queries.texts)")
      let looks = queries.plans.filter { $0.hasPrefix("SCAN m") || $0.hasPrefix("SCAN message") }
      #expect(looks.isEmpty, "\(looks)")
    }
  }

  /// The number of the others is told without a look at their rows: at a million messages that look
  /// took longer than all else.
  @Test func thePageIsCountedInTheIndex() async throws {
    try await withStore { store in
      try await fill(store, talks: 2, messages: 300)
      let queries = try await queries(of: store, Self.read)
      let count = try #require(queries.texts.first { $0.contains("COUNT(*) FROM message m") })
      // A row is sought only when a column is wanted that the index does not have.
      let steps = try await store.pool.read { db in
        try Row.fetchAll(db, sql: "EXPLAIN " + count).map { $0["opcode"] as String }
      }
      #expect(steps.contains("DeferredSeek") || !steps.contains("SeekRowid"), "\(steps)")
      let columns = try await store.pool.read { db in
        try Row.fetchAll(db, sql: "PRAGMA index_info(message_by_place)").map {
          $0["name"] as String
        }
      }
      #expect(columns == ["conversation_id", "created_at", "id", "absences", "cid"])
      #expect(queries.plans.contains { $0.hasPrefix("SEARCH m USING INDEX message_by_place") })
      // A message that may be a repetition is compared with those of its cid only.
      let comparisons = queries.plans.filter { $0.hasPrefix("SEARCH n") }
      #expect(comparisons.count >= 2, "\(comparisons)")
      #expect(comparisons.allSatisfy { $0.contains("message_by_cid") }, "\(comparisons)")
    }
  }

  @Test(arguments: [5, 25])
  func anInboxCostsTheSameFewQueries(talks: Int) async throws {
    try await withStore { store in
      try await fill(store, talks: talks, messages: 6)
      // And the own user once.
      let queries = try await queries(of: store, Self.inbox)
      #expect(queries.texts.count <= 4, "\(queries.texts)")
      let looks = queries.plans.filter { $0.hasPrefix("SCAN m") || $0.hasPrefix("SCAN message") }
      #expect(looks.isEmpty, "\(looks)")
    }
  }

  @Test(arguments: [100, 400])
  func aSearchCostsTheSameFewQueries(messages: Int) async throws {
    try await withStore { store in
      try await fill(store, talks: 2, messages: messages)
      // Two of the index, and at most the conversation of each that is shown.
      let queries = try await queries(of: store, Self.search)
      #expect(queries.texts.count <= 3 + 20, "\(queries.texts)")
    }
  }
}
