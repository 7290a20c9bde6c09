import FonanaServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ReadingTests {
  @Test func anyPageTicksTheWholeConversation() async throws {
    try await Scene.run { scene in
      for index in 0..<5 { scene.world.send(from: scene.ada.id, to: scene.ben.id, "m\(index)") }
      let page = try #require(await scene.read("?limit=1"))
      #expect(page.contents == ["m4"])
      #expect(page["messages"]?.arrayValue?.first?["isRead"] == false)
      #expect(scene.world.messages(in: scene.conversationID).allSatisfy { $0.isRead })
      #expect(scene.world.counters.ticks == 5)
      #expect(scene.world.counters.tickEvents.first?.readerID == scene.ben.id)
    }
  }

  @Test func ownMessagesAreNotTicked() async throws {
    try await Scene.run { scene in
      scene.world.send(from: scene.ben.id, to: scene.ada.id, "mine")
      _ = try await scene.read()
      #expect(scene.world.counters.ticks == 0)
      #expect(scene.world.messages(in: scene.conversationID).allSatisfy { !$0.isRead })
    }
  }

  @Test func listAndNotificationsTickNothing() async throws {
    try await Scene.run { scene in
      scene.world.send(from: scene.ada.id, to: scene.ben.id, "news")
      let list = try await scene.http.json("GET", "/api/conversations", token: scene.benToken)
      let row = list?.json?["conversations"]?.arrayValue?.first
      #expect(row?["unreadCount"] == 1)
      let notices = try await scene.http.json(
        "GET", "/api/user/notifications?limit=1", token: scene.benToken)
      #expect(
        notices?.json?["notifications"]?.arrayValue?.first?["message"]?.stringValue == "ada: news")
      #expect(scene.world.unreadCount(in: scene.conversationID, of: scene.ben.id) == 1)
      #expect(scene.world.counters.ticks == 0)
    }
  }

  @Test func beforeSkipsTiesOfTheCursor() async throws {
    try await Scene.run { scene in
      let same: Int64 = 1_795_530_000_000
      for text in ["a", "b", "c"] {
        scene.world.send(
          from: scene.ada.id, in: scene.conversationID, MessageDraft(text), at: same)
      }
      scene.world.send(
        from: scene.ada.id, in: scene.conversationID, MessageDraft("old"), at: same - 1)
      let first = try #require(await scene.read("?limit=2"))
      #expect(first.contents == ["c", "b"])
      #expect(first["hasMore"] == true)
      let cursor = first["messages"]?.arrayValue?.last?["id"]?.stringValue ?? ""
      let second = try #require(await scene.read("?limit=2&before=\(cursor)"))
      #expect(second.contents == ["old"])
      #expect(second["hasMore"] == false)
    }
  }

  @Test func aDeletedCursorGivesTheNewestPage() async throws {
    try await Scene.run { scene in
      let sent = (0..<4).map { scene.world.send(from: scene.ada.id, to: scene.ben.id, "m\($0)") }
      scene.world.deleteMessage(sent[1].id)
      let page = try await scene.read("?limit=2&before=\(sent[1].id)")
      #expect(page?.contents == ["m3", "m2"])
    }
  }

  @Test func zeroAsLimitSaysThatThereIsMore() async throws {
    try await Scene.run { scene in
      let page = try await scene.read("?limit=0")
      #expect(page == ["messages": [], "hasMore": true])
    }
  }

  @Test func aLockedMessageOpensForItsBuyer() async throws {
    try await Scene.run { scene in
      let message = scene.world.send(
        from: scene.ada.id, in: scene.conversationID, MessageDraft("secret", price: 0.5))
      #expect(try await scene.texts() == [nil])
      let path = "/api/messages/\(message.id)/purchase"
      let refused = try await scene.http.json(
        "POST", path, token: scene.benToken, ["txSignature": "unconfirmed-1"])
      #expect(refused?.json == ["error": "Transaction not confirmed"])
      let bought = try await scene.http.json(
        "POST", path, token: scene.benToken, ["txSignature": "s"])
      #expect(bought?.status == 200)
      #expect(try await scene.texts() == ["secret"])
      let again = try await scene.http.json(
        "POST", path, token: scene.benToken, ["txSignature": "s"])
      #expect(again?.json == ["error": "Message already purchased"])
    }
  }
}
