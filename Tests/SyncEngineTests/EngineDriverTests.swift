import FonanaCore
import FonanaTestSupport
import Logging
import Testing

@testable import SyncEngine

/// The driver with fakes for server, socket and disk, and a clock that the test moves.
@Suite(.timeLimit(.minutes(1))) struct EngineDriverTests {
  struct Rig {
    let engine: Engine
    let server: ScriptedServer
    let socket = ScriptedSocket()
    let store: RecordingStore
    let credentials: MemoryCredentials
    let clock = ManualEngineClock()

    init(
      credentials: StoredCredentials? = CoreBench.credentials(),
      snapshot: StoreSnapshot = StoreSnapshot(account: CoreBench.account),
      _ rule: @escaping @Sendable (ServerRequest) async -> ServerAnswer = EngineDriverTests.usual
    ) {
      server = ScriptedServer(rule)
      store = RecordingStore(snapshot)
      self.credentials = MemoryCredentials(credentials)
      engine = Engine(
        configuration: EngineConfiguration(origin: CoreBench.account.origin), server: server,
        socket: socket, store: store, credentials: self.credentials, clock: clock, seed: 1,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, onEvents: { _ in })
    }

    /// Runs the engine around `body`; it has ended when this returns.
    func run(_ body: @Sendable () async throws -> Void) async throws {
      try await withThrowingTaskGroup { group in
        group.addTask { try await engine.run() }
        do {
          try await body()
          engine.shutDown()
        } catch {
          group.cancelAll()
          throw error
        }
        try await group.waitForAll()
      }
    }
  }

  @Sendable static func usual(_ request: ServerRequest) async -> ServerAnswer {
    let reply: ServerReply =
      switch request {
      case .requestToken: grant("token-2")
      case .verifyToken: .tokenIsValid(userID: CoreBench.me, expiresAt: nil)
      case .listConversations: .conversations([listed("c1", last: "m1", unread: 1)])
      case .createConversation: .conversation(ConversationID("c1"), participants: [])
      case .listMessages: .page(MessagePage(messages: [message("m1")], hasMore: false))
      case .sendMessage(_, let outgoing):
        .sent(message("s1", at: 9, from: "me", cid: outgoing.cid), echoedCid: true)
      case .lookUpUser: .user(UserProfile(id: UserID("u")))
      case .uploadImage: .uploaded(url: "/x")
      case .listNotifications: .notifications([], unread: 0)
      case .markNotificationsRead, .markAllNotificationsRead: .done
      case .serverVersion: .version("1")
      }
    return .success(reply, ServerFacts())
  }

  /// The error that `body` ends with; nil when it ends well.
  private func failure(_ body: @Sendable () async throws -> Void) async -> FonanaError? {
    do {
      try await body()
      return nil
    } catch {
      return error as? FonanaError
    }
  }

  private func item(_ cid: String) -> OutboxItem {
    OutboxItem(
      cid: ClientID(cid),
      recipient: Recipient(
        text: "c1", userID: UserID("friend-of-c1"), conversationID: ConversationID("c1")),
      content: cid, state: .queued, queuedAt: CoreBench.start)
  }

  @Test func driverThatTakesNothingUpMakesNoProgress() async throws {
    let rig = Rig()
    #expect(rig.engine.hasProgressed(since: rig.engine.progressMark, within: .seconds(20)))
    rig.engine.feed(.booted(StoreSnapshot(account: CoreBench.account), CoreBench.credentials()))
    #expect(!rig.engine.hasProgressed(since: rig.engine.progressMark, within: .seconds(20)))
  }

  @Test func timerThatIsLateIsNoProgress() async throws {
    let rig = Rig()
    let mark = rig.engine.progressMark
    #expect(rig.engine.setDeadline(of: .ping, at: rig.clock.now.boot - .seconds(19)))
    #expect(rig.engine.hasProgressed(since: mark, within: .seconds(20)))
    #expect(rig.engine.setDeadline(of: .ping, at: rig.clock.now.boot - .seconds(21)))
    #expect(!rig.engine.hasProgressed(since: mark, within: .seconds(20)))
  }

  /// Though the disk would take it.
  @Test func whatWasWantedBeforeAFailureWasKnownFailsToo() async throws {
    let rig = Rig()
    try await rig.run {
      try await rig.store.state.wait { $0.acts.contains(where: \.isList) ? () : nil }
      rig.store.state.change { ($0.isHeld, $0.refusedText) = (true, "first") }
      rig.engine.feed(.wished(WishID(number: 900), .enqueue(item("first"))))
      try await rig.store.state.wait { $0.held > 0 ? () : nil }
      rig.engine.feed(.wished(WishID(number: 901), .enqueue(item("second"))))
      rig.store.state.change { $0.isHeld = false }
      // Until the core knows of both failures, it fails as well.
      while await failure({ _ = try await rig.engine.enqueue(item("third")) }) != nil {}
    }
    let texts = rig.store.state.read { $0.acts }.compactMap(\.enqueuedText)
    #expect(texts == ["third"])
  }

  @Test func aStartConnectsSubscribesAndAsks() async throws {
    let rig = Rig()
    try await rig.run {
      try await rig.socket.said.wait { $0.isEmpty ? nil : () }
      try await rig.server.request(where: \.isList)
    }
    #expect(rig.socket.said.read { $0.first } == .subscribeToNotifications(CoreBench.me))
    #expect(rig.server.count(where: \.isToken) == 0)
    #expect(rig.socket.said.read { $0.last } == .close(abruptly: false), "it says good-bye")
  }

  @Test func readyMeansThatTheStoredTokenIsKnown() async throws {
    let rig = Rig()
    try await rig.run {
      try await rig.engine.ready()
      #expect(rig.engine.status.token == .valid)
    }
    await #expect(throws: FonanaError.self) { try await rig.engine.ready() }
  }

  @Test func aSendGoesThroughCommitAndServerToConfirmation() async throws {
    let rig = Rig()
    try await rig.run {
      guard case .added = try await rig.engine.enqueue(item("a")) else {
        Issue.record("not added")
        return
      }
      try await rig.store.state.wait { state in
        state.acts.contains { if case .confirm = $0 { true } else { false } } ? () : nil
      }
    }
    #expect(rig.server.count(where: \.isSend) == 1)
  }

  @Test func aFullDiskRefusesTheSendAndNothingLeaves() async throws {
    let rig = Rig()
    try await rig.run {
      rig.store.state.change { $0.isFull = true }
      let error = await failure { _ = try await rig.engine.enqueue(item("a")) }
      #expect(error?.code == .storeUnwritable)
    }
    #expect(rig.server.count(where: \.isSend) == 0)
  }

  @Test func aTickAsksAgainWhenItsTimeHasCome() async throws {
    let rig = Rig()
    try await rig.run {
      try await rig.server.request(where: \.isList)
      try await rig.server.request { $0 == .listNotifications(limit: 1) }
      rig.clock.manual.advance(by: .seconds(25))
      try await rig.server.asked.wait { asked in
        asked.count { $0 == .listNotifications(limit: 1) } == 2 ? () : nil
      }
    }
  }

  @Test func readingIsAnsweredAndMarksTheConversation() async throws {
    let rig = Rig()
    try await rig.run {
      try await rig.server.request(where: \.isList)
      let freshness = await rig.engine.prepareRead(
        ConversationID("c1"), wantsAll: false, patience: .seconds(3))
      #expect(freshness.didTick)
    }
    #expect(rig.server.count(where: \.isPull) == 1)
  }

  @Test func aCallThatHangsIsGivenUpAfterItsPatience() async throws {
    let gate = Monitor(false)
    let rig = Rig { request in
      if case .lookUpUser = request { try? await gate.wait { $0 ? () : nil } }
      return await Self.usual(request)
    }
    try await rig.run {
      async let error = failure {
        _ = try await rig.engine.call(.lookUpUser(.nickname("x")), patience: .seconds(2))
      }
      try await rig.server.request { $0 == .lookUpUser(.nickname("x")) }
      rig.clock.manual.advance(by: .seconds(2))
      #expect(await error?.code == .serverUnreachable)
      gate.change { $0 = true }
    }
  }

  @Test func stoppingAnswersWhoeverStillWaits() async throws {
    let gate = Monitor(false)
    let rig = Rig { request in
      if case .lookUpUser = request { try? await gate.wait { $0 ? () : nil } }
      return await Self.usual(request)
    }
    async let error = failure {
      _ = try await rig.engine.call(.lookUpUser(.nickname("x")), patience: .seconds(600))
    }
    try await rig.run { try await rig.server.request { $0 == .lookUpUser(.nickname("x")) } }
    #expect(await error != nil)
  }

  @Test func aLoginStoresTheTokenAndConnects() async throws {
    let rig = Rig(credentials: nil, snapshot: StoreSnapshot())
    try await rig.run {
      let result = try await rig.engine.logIn(wallet: "wallet", keepNew: true)
      #expect(result.account.userID == CoreBench.me)
      try await rig.socket.opened.wait { $0 == 1 ? () : nil }
      try await rig.credentials.held.wait { $0?.token?.exposed == "token-2" ? () : nil }
    }
  }
}

extension StoreAct {
  fileprivate var isList: Bool { if case .applyList = self { true } else { false } }
  fileprivate var enqueuedText: String? {
    if case .enqueue(let item) = self { item.content } else { nil }
  }
}
