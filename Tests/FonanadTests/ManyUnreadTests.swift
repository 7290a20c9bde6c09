import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import Testing

@testable import fonanad

/// More unread messages than one page holds: the first page that is fetched marks all of them read.
@Suite(.timeLimit(.minutes(2))) struct ManyUnreadTests {
  @Test func theFirstReadAfterAStartShowsAllThatCameMeanwhile() async throws {
    try await withTemporaryHome { home in
      try await withReferenceServer { server in
        let me = server.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
        let bob = server.world.makeUser(nickname: "bob")
        let conversation = server.world.makeConversation(me.id, bob.id)
        server.world.send(from: bob.id, to: me.id, "before")
        try await withDaemon(in: home, server) { test in
          try await test.logIn()
          try await test.wait(for: .synced)
          _ = try await test.call(Calls.read, ConversationReadRequest(who: "bob"))
        }
        for number in 1...700 { server.world.send(from: bob.id, to: me.id, "m\(number)") }
        try await withDaemon(in: home, server) { test in
          try await test.wait(for: .asked)
          let read = try await test.call(Calls.read, ConversationReadRequest(who: "bob"))
          #expect(read.messages.suffix(700).map(\.content) == (1...700).map { "m\($0)" })
          #expect(read.alsoMarked == 0)
          #expect(server.world.unreadCount(in: conversation, of: me.id) == 0)
        }
      }
    }
  }
}
