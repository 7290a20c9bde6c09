import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

/// One scenario made ready: a home, a server, and a copy of the home that every point begins with.
struct KillBench: Sendable {
  /// 30 s of waiting become 300 ms.
  static let timeScale = "100"

  let scenario: KillScenario
  let scene: Scene
  /// Of the server's messages, those that are there at the beginning of each point.
  var baseline: Set<String> = []

  var desk: Desk { scene.desk }
  var server: ReferenceServer { scene.server }
  var socket: DaemonSocket { DaemonSocket(path: desk.home.path("f/run/default/fonanad.sock")) }
  var store: String { desk.store }
  var report: String { desk.home.path("strace.txt") }

  static func with<R: Sendable>(
    _ scenario: KillScenario, _ body: @escaping @Sendable (KillBench) async throws -> R
  ) async throws -> R {
    try await withTemporaryHome { home in
      try await withReferenceServer { server in
        let alice = server.world.makeUser(nickname: "alice")
        let bob = server.world.makeUser(nickname: "bob")
        let talk = server.world.makeConversation(alice.id, bob.id)
        server.world.send(from: bob.id, in: talk, MessageDraft("Hello Alice"), push: false)
        server.world.markRead(talk, by: alice.id)
        var desk = Desk(home, server)
        // Each line of the log would be calls more to be killed at.
        desk.environment["FONANA_LOG_LEVEL"] = nil
        let scene = Scene(
          server: server, desk: desk, alice: alice, bob: bob, conversation: talk)
        var bench = KillBench(scenario: scenario, scene: scene)
        try await bench.prepare()
        return try await body(bench)
      }
    }
  }

  func withDaemon<R: Sendable>(_ body: (RunningProgram) async throws -> R) async throws -> R {
    try await desk.withDaemon(["--time-scale", Self.timeScale], body)
  }

  /// The scale makes the daemon's patience short: a busy machine may need more than one attempt.
  func logIn() async -> Bool {
    for _ in 1...5 {
      let reply = await socket.ask(
        "account.login", #"{"keepNew":true,"server":null,"wallet":"\#(scene.alice.wallet)"}"#)
      if reply.isDone { return true }
      print("login: \(reply)")
    }
    return false
  }

  /// As with a login: who is asked about must have come first.
  private func readBob() async -> Bool {
    let wish = #"{"for":"synced","timeoutSeconds":60}"#
    for _ in 1...5 {
      _ = await socket.ask("wait", wish)
      if await socket.ask("conversation.read", Self.readAll).isDone { return true }
    }
    return false
  }

  func send(_ letter: Letter) async -> DaemonSocket.Reply<DaemonSocket.Anything> {
    await socket.ask("message.send", letter.request(to: "@bob"))
  }

  private mutating func prepare() async throws {
    if scenario.start != .first {
      try await withDaemon { _ in
        #expect(await logIn())
        #expect(await readBob(), "the conversation is not in the mirror")
      }
    }
    if scenario.start == .oldSchema { try await replaceStoreByOldSchema() }
    if scenario.waiting > 0 { try await leaveWaitingLetters() }
    if scenario.isInDoubt { try await leaveFirstLetterInDoubt() }
    fillBacklog()
    baseline = Set(server.world.messages(in: scene.conversation).map(\.id))
    try await shell("mkdir -p f && rm -rf f/run && mv f template")
  }

  static let readAll = """
    {"all":true,"before":null,"limit":null,"peek":false,"since":null,"unreadOnly":false,\
    "who":"@bob"}
    """

  static let peekAll = readAll.replacing(#""peek":false"#, with: #""peek":true"#)

  /// Home and server as they were.
  func restore() async throws {
    try await shell("rm -rf f && cp -a template f")
    let talk = scene.conversation
    for message in server.world.messages(in: talk) where !baseline.contains(message.id) {
      server.world.deleteMessage(message.id)
    }
  }

  func shell(_ line: String) async throws {
    let program = Program(
      "/bin/sh", environment: ["PATH": "/usr/bin:/bin", "HOME": desk.home.path])
    let result = try await program.run(["-c", "cd '\(desk.home.path)' && \(line)"])
    try #require(result.status == 0, "\(line): \(result)")
  }
}

extension KillBench {
  private func leaveWaitingLetters() async throws {
    try await server.stopListening()
    try await withDaemon { _ in
      for number in 1...scenario.waiting {
        let reply = await send(Letter(number: number))
        #expect(reply.isDone, "\(reply)")
      }
    }
    try await server.startListening()
  }

  private func leaveFirstLetterInDoubt() async throws {
    server.faults.add(
      Fault("POST /api/conversations/:id/messages", .hang, when: .afterCommit))
    try await withDaemon { running in
      try await scene.aliceHasSent(1)
      try await desk.kill(running)
    }
    server.faults.removeAll()
    try await isQuiet()
  }

  private func fillBacklog() {
    guard scenario.backlog > 0 else { return }
    let start = server.world.messages(in: scene.conversation).last?.createdAt ?? 0
    let sender = scene.bob.id
    server.world.fill(scene.conversation, count: scenario.backlog, isRead: false) { number in
      (sender, MessageDraft("backlog \(number)"), start + Int64(number) + 1)
    }
  }

  /// Of the tests of the store, with this server's names in it.
  private func replaceStoreByOldSchema() async throws {
    let file = "\(Products.repository)/Tests/LocalStoreTests/Fixtures/schema-1.sql"
    var sql = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
    let names = [
      ("https://fonana.me", "http://127.0.0.1:\(server.httpPort)"), ("user-me", scene.alice.id),
      ("wallet-me", scene.alice.wallet), ("user-alice", scene.bob.id),
      ("wallet-alice", scene.bob.wallet), ("talk-alice", scene.conversation),
      ("'cid-1'", "'\(Letter(number: 8).cid)'"), ("'cid-2'", "'\(Letter(number: 9).cid)'"),
    ]
    for (old, new) in names { sql = sql.replacing(old, with: new) }
    try desk.home.write(sql, to: "old.sql")
    try await shell("rm -f '\(store)'* && sqlite3 '\(store)' <old.sql && chmod 600 '\(store)'")
  }

  /// Every request that was begun has ended: what the server stores, it has stored.
  func isQuiet() async throws {
    try await server.world.wait {
      $0.counters.openConnections == 0 && $0.counters.openSockets == 0
    }
  }
}
