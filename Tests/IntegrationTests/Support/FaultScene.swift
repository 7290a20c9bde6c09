import FonanaServer
import FonanaTestSupport
import Testing

/// A scene in which the programs reach the server only through a fault proxy.
struct FaultScene: Sendable {
  /// Divides the daemon's durations: half a minute takes three quarters of a second.
  static let timeScale = 40

  let scene: Scene
  let proxy: FaultProxy
  let daemon: RunningProgram
  /// Partners besides Bob with the conversations that they and Alice have.
  let partners: [Partner]

  struct Partner: Sendable {
    let name: String
    let conversation: String
    let user: WorldUser
  }

  var desk: Desk { scene.desk }
  var world: World { scene.world }

  func textsFromAlice(to partner: Partner) -> [String] {
    world.messages(in: partner.conversation).filter { $0.senderID == scene.alice.id }
      .compactMap(\.content)
  }
}

/// Sets the scene with a daemon that runs, is logged in, and whose WebSocket is open.
func withFaultScene(
  _ configuration: ServerConfiguration = .init(), partners count: Int = 0,
  _ body: @escaping @Sendable (FaultScene) async throws -> Void
) async throws {
  try await withScene(configuration, loggedIn: false) { scene in
    let partners = (0..<count).map { scene.makePartner("f\($0)") }
    let proxy = try FaultProxy(to: scene.server)
    let desk = Desk(scene.desk.home, server: proxy.url, webSocket: proxy.webSocketURL)
    let behind = scene.at(desk)
    try await behind.logInPatiently()
    proxy.seen.change { $0 = ProxyCounts() }
    try await desk.withDaemon(["--time-scale", "\(FaultScene.timeScale)"]) { daemon in
      try await scene.isConnected()
      try await body(
        FaultScene(scene: behind, proxy: proxy, daemon: daemon, partners: partners))
    }
  }
}

extension Scene {
  /// By a daemon with a person's patience, since a busy machine may need it; it leaves no trace at
  /// the server.
  func logInPatiently() async throws {
    try await desk.withDaemon { _ in try await desk.login(alice.wallet) }
    try await world.wait { $0.counters.openSockets == 0 && $0.counters.openConnections == 0 }
    world.resetCounters()
  }

  /// The same, with the programs at another desk.
  func at(_ desk: Desk) -> Scene {
    Scene(server: server, desk: desk, alice: alice, bob: bob, conversation: conversation)
  }

  /// Somebody who has written to Alice once, which she has read.
  func makePartner(_ name: String) -> FaultScene.Partner {
    let user = world.makeUser(nickname: name)
    let conversation = world.makeConversation(alice.id, user.id)
    world.send(from: user.id, in: conversation, MessageDraft("Hello from \(name)"), push: false)
    world.markRead(conversation, by: alice.id)
    return FaultScene.Partner(name: name, conversation: conversation, user: user)
  }
}
