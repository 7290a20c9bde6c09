import FonanaCore
import FonanaTestSupport
import Testing

@testable import LocalStore

/// Ids, names and texts of others are values, whatever they look like to SQL or to the search.
@Suite(.timeLimit(.minutes(1)))
struct HostileValueTests {
  private static let pieces = [
    "'", "\"", "''", "; DROP TABLE message; --", "' OR '1'='1", ")", "(", "%", "_", "*", "?", "?1",
    ":id", "$x", "@y", "\\", "/*", "--", "NEAR(a b)", " OR ", " NOT ", " AND ", "^", "{", "}", "+a",
    "-a", "column:", "\n", "é", "😀", "../../x", "a", "0", "NULL", "x'00'",
  ]

  private static func text(_ random: inout SeededRandom) -> String {
    (0..<Int.random(in: 1...5, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? "'"
    }.joined()
  }

  @Test(arguments: 0..<8)
  func hostileIdsNamesAndTextsStayValues(seed: Int) async throws {
    var random = SeededRandom(seed)
    try await withStore { store in
      for number in 0..<25 {
        // A number makes them different from each other; it stands at either end.
        let mark = "\(seed)-\(number)"
        let id = number % 2 == 0 ? Self.text(&random) + mark : mark + Self.text(&random)
        let user = UserProfile(id: UserID("u" + id), wallet: "w" + id, nickname: "n" + id)
        let talk = ConversationID("c" + id)
        let content = Self.text(&random)
        var message = Sample.message(Int64(number), from: user.id, in: talk, content: content)
        message.id = MessageID("m" + id)
        try await store.does(.noteConversation(talk, with: user))
        try await store.pull([message], in: talk)

        let rows = try await store.messages(MessageQuery(in: talk, limit: 9), mode: .eager).rows
        #expect(rows.map(\.message.content) == [content], "\(id)")
        for name in ["c" + id, "u" + id, "w" + id, "@n" + id] {
          #expect(try await store.resolve(name).map(\.conversationID) == [talk], "\(name)")
        }
        try await search(content, in: store)
        try await search(id, in: store)
      }
      let all = try await store.conversations(unreadOnly: false, mode: .eager)
      #expect(all.count == 25)
      let health = try await store.health()
      #expect(health.flaw == nil)
    }
  }

  /// It finds something or nothing, or is refused in words; it is never SQL.
  private func search(_ typed: String, in store: LocalStore) async throws {
    let expression: SearchExpression
    do throws(FonanaError) {
      expression = try SearchExpression(typed)
    } catch {
      #expect(error.code == .invalidInput, "\(typed)")
      return
    }
    _ = try await store.search(TextQuery(expression.text, limit: 10), mode: .eager)
  }
}
