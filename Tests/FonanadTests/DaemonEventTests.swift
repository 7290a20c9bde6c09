import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import Testing

@testable import fonanad

@Suite(.timeLimit(.minutes(2))) struct DaemonEventTests {
  private var pushing: TestDaemonOptions {
    var options = TestDaemonOptions()
    options.server.pushesMessages = true
    return options
  }

  /// Subscribes, lets `act` happen, and gives the events up to the first that `isLast` names.
  private func events(
    _ test: TestDaemon, _ request: SubscribeRequest = SubscribeRequest(),
    act: @escaping @Sendable () -> Void = {}, until isLast: @escaping @Sendable (WatchEvent) -> Bool
  ) async throws -> [WatchEvent] {
    let path = test.socketPath
    return try await offPool {
      let client = try ControlClient.connect(to: path)
      _ = try client.call(Calls.subscribe, request)
      var events: [WatchEvent] = []
      while let event = try client.nextEvent(within: .seconds(60)) {
        events.append(event)
        if event.event == .ready { act() }
        if isLast(event) { break }
      }
      return events
    }
  }

  /// Logged in as the first one, whom the second has written to before.
  private func connected(
    _ test: TestDaemon, hasReadAll: Bool = false
  ) async throws -> (me: WorldUser, bob: WorldUser) {
    let me = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
    let bob = test.world.makeUser(nickname: "bob")
    let old = test.world.send(from: bob.id, to: me.id, "old")
    if hasReadAll { test.world.markRead(old.conversationID, by: me.id) }
    try await test.logIn()
    try await test.wait(for: .synced)
    try await test.wait(for: .connected)
    return (me, bob)
  }

  @Test func aPushedMessageIsSeenAndPopsUp() async throws {
    try await withTestDaemon(pushing) { test in
      let (me, bob) = try await connected(test)
      let world = test.world
      let events = try await events(test) {
        world.send(from: bob.id, to: me.id, "<new>")
      } until: {
        $0.event == EventName(.messageReceived)
      }
      #expect(events.first?.event == .ready)
      guard case .message(let message)? = events.last?.data else {
        Issue.record("no message")
        return
      }
      #expect(message.content == "<new>" && message.sender == "bob" && !message.isOwn)
      let popUp = await test.popUps.next()
      #expect(popUp?.title == "bob" && popUp?.body == "<new>")
    }
  }

  /// A notification tells of a message before a list counts it.
  @Test func aMessageThatNoListHasCountedYetPopsUp() async throws {
    try await withTestDaemon(pushing) { test in
      let (me, bob) = try await connected(test, hasReadAll: true)
      test.server.faults.add(
        Fault("GET /api/conversations", .delay(.seconds(3)), when: .beforeCommit, count: 2))
      test.world.send(from: bob.id, to: me.id, "new")
      let popUp = await test.popUps.next()
      #expect(popUp?.title == "bob" && popUp?.body == "new")
    }
  }

  @Test func whatCameWhileTheDaemonWasDownIsOnePopUp() async throws {
    try await withTemporaryHome { home in
      try await withReferenceServer { server in
        let world = server.world
        let me = world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
        let friends = ["bob", "carol"].map { world.makeUser(nickname: $0) }
        for friend in friends { world.send(from: friend.id, to: me.id, "before the login") }
        try await withDaemon(in: home, server) { test in
          try await test.logIn()
          try await test.wait(for: .synced)
        }
        for friend in friends + friends { world.send(from: friend.id, to: me.id, "missed") }
        try await withDaemon(in: home, server) { test in
          let popUp = await test.popUps.next()
          #expect(popUp?.title == "4 new messages")
          #expect(popUp?.body.contains("bob (2)") == true)
          #expect(popUp?.body.contains("carol (2)") == true)
        }
      }
    }
  }

  @Test func whatHappenedBeforeTheSubscriptionIsReplayed() async throws {
    try await withTestDaemon { test in
      let me = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      let bob = test.world.makeUser(nickname: "bob")
      _ = test.world.makeConversation(me.id, bob.id)
      try await test.logIn()
      try await test.wait(for: .synced)
      let first = try await test.send("one", to: "bob")
      let seen = try await events(test, SubscribeRequest(cursor: 0)) {
        if case .message(let message) = $0.data { message.id == first.messageId } else { false }
      }
      #expect(!seen.dropFirst().contains { !$0.replayed })
      let cursors = seen.map(\.cursor)
      #expect(cursors == cursors.sorted())
    }
  }

  @Test func anExpiredCursorIsAnError() async throws {
    try await withTestDaemon { test in
      let error = await #expect(throws: FonanaError.self) {
        try await test.call(Calls.subscribe, SubscribeRequest(cursor: 999_999))
      }
      #expect(error?.code == .cursorExpired)
    }
  }

  @Test func stoppingEndsSubscriptionsWithAReason() async throws {
    try await withTestDaemon(checksOutbox: false) { test in
      let daemon = test.daemon
      let error = await #expect(throws: FonanaError.self) {
        try await events(test) {
          daemon.stop()
        } until: { _ in
          false
        }
      }
      #expect(error == .daemonStops)
    }
  }
}
