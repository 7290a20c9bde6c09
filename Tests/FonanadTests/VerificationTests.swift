import ControlProtocol
import FonanaCore
import FonanaServer
import Testing

@testable import fonanad

/// `store.verify` with `deep`: everything that differs is told, and nothing else.
@Suite(.timeLimit(.minutes(1)))
struct VerificationTests {
  /// Nine messages of Bob's from long ago, read in a browser and mirrored.
  private func withMirror(
    _ options: TestDaemonOptions = .init(),
    _ body: @Sendable (TestDaemon, _ talk: String, _ bob: String) async throws -> Void
  ) async throws {
    try await withTestDaemon(options) { test in
      let me = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      let bob = test.world.makeUser(nickname: "bob")
      let talk = test.world.makeConversation(me.id, bob.id)
      test.world.fill(talk, count: 9) { (bob.id, MessageDraft("text \($0)"), Self.time($0)) }
      try await test.logIn()
      try await test.wait(for: .synced)
      try await test.pullAll("bob")
      try await body(test, talk, bob.id)
    }
  }

  private static func time(_ number: Int) -> Int64 { 1_764_000_000_000 + Int64(number) * 1000 }

  private func differences(_ test: TestDaemon) async throws -> [VerifyDifference] {
    try await test.call(Calls.verify, VerifyRequest(who: "bob", deep: true)).differences
  }

  /// An unread message has its conversation fetched, which mends the mirror.
  @Test(arguments: [true, false])
  func whatDiffersIsToldWhetherSomethingIsUnreadOrNot(hasUnread: Bool) async throws {
    try await withMirror { test, talk, bob in
      let messages = test.world.messages(in: talk)
      test.world.editMessage(messages[2].id, content: "another text")
      test.world.deleteMessage(messages[4].id)
      test.world.fill(talk, count: 1) { _ in (bob, MessageDraft("inserted"), Self.time(6) + 500) }
      if hasUnread {
        test.world.send(from: bob, in: talk, MessageDraft("unread"), push: false)
      }
      let found = try await differences(test)
      let inserted = try #require(
        test.world.messages(in: talk).first { $0.content == "inserted" })
      #expect(
        Set(found.map { "\($0.kind) \($0.messageId?.rawValue ?? "")" }) == [
          "text \(messages[2].id)", "messageNotAtServer \(messages[4].id)",
          "messageNotHere \(inserted.id)",
        ])
      #expect(found.count == 3)
    }
  }

  @Test func anUnreadMessageAloneIsNoDifference() async throws {
    try await withMirror { test, talk, bob in
      test.world.send(from: bob, in: talk, MessageDraft("unread"), push: false)
      let found = try await differences(test)
      #expect(found.isEmpty)
    }
  }

  @Test func whatIsUnreadAndForgottenIsNoDifference() async throws {
    try await withMirror { test, talk, bob in
      test.world.send(from: bob, in: talk, MessageDraft("unread"))
      _ = try await test.call(Calls.listConversations, ConversationListRequest())
      _ = try await test.call(Calls.forget, ForgetRequest(who: "bob"))
      let result = try await test.call(Calls.verify, VerifyRequest(who: "bob"))
      #expect(result.differences.isEmpty)
    }
  }

  /// Fetching has marked it read at the server; here nobody has read it.
  @Test func whatEagerModeHasFetchedIsNoDifference() async throws {
    var options = TestDaemonOptions()
    options.configuration = "[sync]\nmode = \"eager\"\n"
    try await withMirror(options) { test, talk, bob in
      let ticks = test.world.counters.ticks
      test.world.send(from: bob, in: talk, MessageDraft("unread"))
      try await test.world.wait { $0.counters.ticks > ticks }
      try await test.wait(for: .synced)
      #expect(try await differences(test).isEmpty)
      let inbox = try await test.call(Calls.listConversations, ConversationListRequest())
      #expect(inbox.unread == 1)
    }
  }

  /// The server hides it from its author too.
  @Test func aPaidTextThatTheServerHidesIsNoDifference() async throws {
    var options = TestDaemonOptions()
    options.server.generation = .a
    try await withMirror(options) { test, talk, _ in
      let sent = try await test.call(
        Calls.send,
        SendRequest(
          cid: .random(), to: "bob", content: "worth it", price: 0.5,
          wait: .delivered, timeoutSeconds: 60))
      #expect(sent.state == .sent)
      #expect(test.world.messages(in: talk).last?.isPaid == true)
      let found = try await differences(test)
      #expect(found.isEmpty)
    }
  }
}
