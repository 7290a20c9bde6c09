import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import Glibc
import SyncEngine
import Testing

@testable import fonanad

@Suite(.timeLimit(.minutes(5))) struct DaemonStoryTests {
  @Test func beforeLoginItRunsAndSaysSo() async throws {
    try await withTestDaemon { test in
      let status = try await test.call(Calls.status, NoParameters())
      #expect(status.token.state == .missing && status.daemon.residentBytes > 0)
      let error = await #expect(throws: FonanaError.self) {
        try await test.send("hi", to: "bob")
      }
      #expect(error?.code == .notLoggedIn)
      #expect(test.world.counters.totalRequests == 0)
    }
  }

  @Test func aLoginIsKeptAndTheSocketConnects() async throws {
    try await withTestDaemon { test in
      _ = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      let login = try await test.logIn()
      #expect(login.account.nickname == "me" && login.isKept)
      try await test.wait(for: .connected)
      let account = try await test.call(Calls.account, NoParameters())
      #expect(account.wallet == TestDaemon.wallet && account.generation == .b)
      #expect(test.world.counters.socketsWithoutToken == 0)
    }
  }

  @Test func anAccountThatLooksNewIsNotKeptUnasked() async throws {
    try await withTestDaemon { test in
      let login = try await test.logIn(keepNew: false)
      #expect(login.looksNew && !login.isKept)
      await #expect(throws: FonanaError.self) {
        try await test.call(Calls.account, NoParameters())
      }
    }
  }

  @Test func aMessageThatIsTooLargeIsAPlaceWithAReason() async throws {
    try await withTestDaemon(TestDaemonOptions(timeScale: 1)) { test in
      let me = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      let bob = test.world.makeUser(nickname: "bob")
      let huge = WireJSON.string(String(repeating: "x", count: 8 << 20))
      test.world.send(from: bob.id, to: me.id, "before")
      let talk = test.world.makeConversation(me.id, bob.id)
      test.world.send(from: bob.id, in: talk, MessageDraft("?", metadata: huge))
      test.world.send(from: bob.id, to: me.id, "after")
      try await test.logIn()
      try await test.wait(for: .synced)
      // The notification shows its beginning; reading the page takes a while.
      let changes = test.daemon.context.engine.changes()
      defer { changes.cancel() }
      var change = changes.stream.makeAsyncIterator()
      _ = try await test.call(Calls.read, ConversationReadRequest(who: "bob"))
      let peek = ConversationReadRequest(who: "bob", peek: true)
      var read = try await test.call(Calls.read, peek)
      while read.gaps.first?.reason != .unreadable {
        try #require(await change.next() != nil)
        read = try await test.call(Calls.read, peek)
      }
      #expect(read.messages.map(\.content) == ["before", "?", "after"])
      #expect(read.messages.map(\.isComplete) == [true, false, true])
      let ids = read.messages.map(\.id)
      #expect(read.gaps.map(\.reason) == [.unreadable])
      #expect(read.gaps.first?.olderId == ids[0] && read.gaps.first?.newerId == ids[2])
    }
  }

  @Test func aMessageIsSentOnceAndShown() async throws {
    try await withTestDaemon { test in
      let me = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      let bob = test.world.makeUser(nickname: "bob")
      let conversation = test.world.makeConversation(me.id, bob.id)
      try await test.logIn()
      try await test.wait(for: .synced)
      let request = SendRequest(
        cid: .random(), to: "@bob", content: "hello", wait: .delivered, timeoutSeconds: 60)
      let first = try await test.call(Calls.send, request)
      let second = try await test.call(Calls.send, request)
      #expect(first.state == .sent && second.state == .sent)
      #expect(first.messageId != nil && first.messageId == second.messageId)
      #expect(test.world.messages(in: conversation).map(\.content) == ["hello"])
      let read = try await test.call(Calls.read, ConversationReadRequest(who: "bob"))
      #expect(read.messages.map(\.content) == ["hello"])
      #expect(read.messages.first?.state == .sent)
    }
  }

  @Test func nothingIsMarkedReadBeforeAPersonReads() async throws {
    try await withTestDaemon { test in
      let me = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      let bob = test.world.makeUser(nickname: "bob")
      let conversation = test.world.makeConversation(me.id, bob.id)
      for number in 1...3 { test.world.send(from: bob.id, to: me.id, "m\(number)") }
      try await test.logIn()
      try await test.wait(for: .synced)
      let inbox = try await test.call(Calls.listConversations, ConversationListRequest())
      #expect(inbox.unread == 3)
      #expect(inbox.conversations.first?.participant.nickname == "bob")
      let peek = try await test.call(Calls.read, ConversationReadRequest(who: "bob", peek: true))
      #expect(peek.messages.last?.content == "m3")
      #expect(test.world.unreadCount(in: conversation, of: me.id) == 3)
      let read = try await test.call(Calls.read, ConversationReadRequest(who: "bob", limit: 2))
      #expect(read.messages.map(\.content) == ["m2", "m3"])
      #expect(read.alsoMarked == 1 && read.more == 1)
      #expect(test.world.unreadCount(in: conversation, of: me.id) == 0)
      let after = try await test.call(
        Calls.listConversations, ConversationListRequest(refresh: false))
      #expect(after.unread == 0)
    }
  }

  @Test func whatIsQueuedOfflineArrivesOnceAndInOrder() async throws {
    try await withTestDaemon { test in
      let me = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      let bob = test.world.makeUser(nickname: "bob")
      let conversation = test.world.makeConversation(me.id, bob.id)
      try await test.logIn()
      try await test.wait(for: .synced)
      try await test.server.stopListening()
      for number in 1...5 {
        let result = try await test.send("n\(number)", to: "bob", wait: .no)
        #expect(result.state == .queued)
      }
      try await test.waitUntilUnreachable()
      let read = try await test.call(Calls.read, ConversationReadRequest(who: "bob"))
      #expect(read.messages.count == 5 && read.freshness.source == .stale)
      try await test.server.startListening()
      try await test.wait(for: .drained)
      #expect(
        test.world.messages(in: conversation).map(\.content) == (1...5).map { "n\($0)" })
    }
  }

  @Test func aRestartWithAValidTokenAsksForNone() async throws {
    try await withTemporaryHome { home in
      try await withReferenceServer { server in
        _ = server.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
        try await withDaemon(in: home, server) { test in
          try await test.logIn()
          try await test.wait(for: .connected)
        }
        let before = server.world.counters.tokenRequests
        try await withDaemon(in: home, server) { test in
          try await test.wait(for: .connected)
          #expect(test.world.counters.tokenRequests == before)
          let status = try await test.call(Calls.status, NoParameters())
          #expect(status.daemon.restarts == 1 && status.daemon.lastExit == "stopped")
        }
      }
    }
  }

  @Test func twoDaemonsOfOneProfileAreNeverTwo() async throws {
    try await withTestDaemon { test in
      let launch = try DaemonLaunch(
        options: LaunchOptions(),
        environment: [
          "FONANA_HOME": test.home.path,
          "FONANA_SERVER": "http://127.0.0.1:\(test.server.httpPort)",
        ])
      #expect(try await Daemon(launch) == nil)
      #expect(try await test.call(Calls.hello, HelloRequest(clientVersion: "t")).pid == getpid())
    }
  }

  @Test func logoutWithPurgeLeavesNothing() async throws {
    try await withTestDaemon { test in
      let me = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      let bob = test.world.makeUser(nickname: "bob")
      test.world.send(from: bob.id, to: me.id, "a canary text")
      try await test.logIn()
      try await test.wait(for: .synced)
      _ = try await test.call(Calls.logOut, LogoutRequest(purge: true))
      await #expect(throws: FonanaError.self) { try await test.call(Calls.account, NoParameters()) }
      let status = try await test.call(Calls.status, NoParameters())
      #expect(status.sync.conversations == 0 && status.token.state == .missing)
      let secrets = try test.home.text(of: "state/default/credentials.json")
      #expect(secrets.contains(TestDaemon.wallet) && !secrets.contains(#""token""#))
    }
  }

  @Test func afterALogoutNothingIsSentAndTheOutboxStays() async throws {
    try await withTestDaemon(checksOutbox: false) { test in
      let me = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      let bob = test.world.makeUser(nickname: "bob")
      _ = test.world.makeConversation(me.id, bob.id)
      try await test.logIn()
      try await test.wait(for: .synced)
      try await test.server.stopListening()
      _ = try await test.send("later", to: "bob", wait: .no)
      _ = try await test.call(Calls.logOut, LogoutRequest())
      let error = await #expect(throws: FonanaError.self) { try await test.send("x", to: "bob") }
      #expect(error?.code == .notLoggedIn)
      let refused = await #expect(throws: FonanaError.self) {
        try await test.call(Calls.logOut, LogoutRequest(purge: true))
      }
      #expect(refused?.code == .conflict)
      #expect(try await test.call(Calls.listOutbox, NoParameters()).items.count == 1)
      try await test.server.startListening()
      try await test.logIn()
      try await test.wait(for: .drained)
    }
  }

  @Test func stoppingAnswersBeforeItEnds() async throws {
    try await withTestDaemon(checksOutbox: false) { test in
      _ = try await test.call(Calls.stop, NoParameters())
    }
  }
}
