import FonanaServer
import FonanaTestSupport
import LocalStore
import Testing

/// Alice's desk, where the programs run, and Bob, who writes to her through the server's world.
struct Scene: Sendable {
  let server: ReferenceServer
  let desk: Desk
  let alice: WorldUser
  let bob: WorldUser
  /// Of the two; holds one read message of Bob's.
  let conversation: String

  var world: World { server.world }

  /// What the server has from Alice in that conversation, oldest first.
  var textsFromAlice: [String] {
    world.messages(in: conversation).filter { $0.senderID == alice.id }.compactMap(\.content)
  }

  @discardableResult
  func bobWrites(_ text: String, push: Bool? = nil) -> WorldMessage {
    world.send(from: bob.id, in: conversation, MessageDraft(text), push: push)
  }

  /// Waits until the server holds `count` messages of Alice's.
  func aliceHasSent(_ count: Int) async throws {
    let (conversation, alice) = (conversation, alice.id)
    try await world.wait { state in
      state.messages(in: conversation).count { $0.senderID == alice } >= count
    }
  }

  /// The server has the socket before the daemon knows of it: both are waited for.
  func isConnected() async throws {
    try await world.wait { $0.counters.openSockets >= 1 }
    try await desk.waitUntil("connected")
  }

  /// Once no daemon runs: nothing waits to be sent.
  fileprivate func expectEmptyOutbox(at location: SourceLocation) async throws {
    guard desk.hasStore else { return }
    let waiting = try await LocalStore.open(path: desk.store).outboxItems().map(\.item)
    #expect(waiting.isEmpty, "left in the outbox", sourceLocation: location)
  }
}

extension Scene {
  /// One life of the daemon. `body` begins when pushes reach it: what the server pushes between
  /// greeting and subscription is lost, and found seconds later by a question.
  func withListeningDaemon(_ body: (RunningProgram) async throws -> Void) async throws {
    let before = world.counters.subscriptions
    try await desk.withDaemon { daemon in
      try await world.wait { $0.counters.subscriptions > before }
      try await body(daemon)
    }
  }
}

/// Sets the scene, and checks at its end that nothing is left: no open connection to the server, and
/// nothing in the outbox unless the test leaves it there on purpose.
func withScene(
  _ configuration: ServerConfiguration = .init(), loggedIn: Bool = true, checksOutbox: Bool = true,
  at location: SourceLocation = #_sourceLocation,
  _ body: @Sendable (Scene) async throws -> Void
) async throws {
  try await withTemporaryHome { home in
    try await withReferenceServer(configuration) { server in
      let alice = server.world.makeUser(nickname: "alice")
      let bob = server.world.makeUser(nickname: "bob")
      let conversation = server.world.makeConversation(alice.id, bob.id)
      let first = server.world.send(
        from: bob.id, in: conversation, MessageDraft("Hello Alice"), push: false)
      server.world.markRead(first.conversationID, by: alice.id)
      let scene = Scene(
        server: server, desk: Desk(home, server), alice: alice, bob: bob,
        conversation: conversation)
      if loggedIn {
        try await scene.desk.withDaemon { _ in try await scene.desk.login(alice.wallet) }
      }
      try await body(scene)
      try await server.world.wait {
        $0.counters.openSockets == 0 && $0.counters.openConnections == 0
      }
      if checksOutbox { try await scene.expectEmptyOutbox(at: location) }
    }
  }
}

extension World {
  /// Waits until a desk shows so many whole messages of Bob's and its own without a fetch; it is
  /// looked at again after every request of its daemon's.
  func wait(for desk: Desk, toShow count: Int) async throws {
    while true {
      let requests = counters.totalRequests
      let read = try await desk.json(ReadDocument.self, "read", "@bob", "--peek", "-n", "100")
      if read.messages.count(where: { $0.id != nil && $0.content != nil }) >= count { return }
      try await wait { $0.counters.totalRequests > requests }
    }
  }
}
