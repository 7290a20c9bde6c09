import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import SyncEngine
import Synchronization
import Testing

@testable import fonanad

/// A daemon in this process with a reference server of its own.
struct TestDaemon: Sendable {
  static let wallet = Base58.encode([UInt8](repeating: 7, count: 32))

  let home: TemporaryHome
  let server: ReferenceServer
  let daemon: Daemon
  let popUps: PopUpRecorder

  var world: World { server.world }
  var socketPath: String { daemon.context.paths.socket }

  /// Over a new connection, as a command does.
  func call<P: Codable, R: Codable>(
    _ call: Call<P, R>, _ parameters: P, passing: OwnedDescriptor? = nil
  ) async throws -> R {
    let path = socketPath
    return try await offPool {
      try ControlClient.connect(to: path).call(call, parameters, passing: passing?.number)
    }
  }

  /// The account of the test; made in the world when it is missing.
  @discardableResult
  func logIn(keepNew: Bool = true) async throws -> ControlProtocol.LoginResult {
    try await call(Calls.logIn, LoginRequest(wallet: Self.wallet, keepNew: keepNew))
  }

  func wait(for goal: WaitRequest.Goal) async throws {
    let result = try await call(Calls.wait, WaitRequest(for: goal, timeoutSeconds: 60))
    #expect(result.reached, "\(goal): \(result.state)")
  }

  /// Until the daemon knows that nobody is there.
  func waitUntilUnreachable() async throws {
    while try await call(Calls.status, NoParameters()).server.reachable {}
  }

  /// Until the whole conversation is here: one reading waits a few seconds only, and shows then what
  /// there is.
  func pullAll(_ who: String) async throws {
    var freshness: FreshnessInfo
    repeat {
      freshness = try await call(Calls.read, ConversationReadRequest(who: who, all: true)).freshness
    } while freshness.gaps > 0 || [.stale, .starting].contains(freshness.source)
  }

  func send(_ text: String, to: String, wait: SendRequest.Wait = .delivered) async throws
    -> SendResult
  {
    try await call(
      Calls.send, SendRequest(cid: .random(), to: to, content: text, wait: wait, timeoutSeconds: 60)
    )
  }
}

/// What a test daemon is made with.
struct TestDaemonOptions: Sendable {
  var server = ServerConfiguration()
  var environment: [String: String] = [:]
  var timeScale = 10
  var clock: any EngineClock = SystemClock()
  var configuration: String?
}

/// Gives `body` a running daemon in a temporary home. Afterwards nothing may be left: the outbox is
/// empty, and no connection to the server is open.
func withTestDaemon(
  _ options: TestDaemonOptions = .init(), checksOutbox: Bool = true,
  _ body: @Sendable (TestDaemon) async throws -> Void
) async throws {
  try await withTemporaryHome { home in
    try await withReferenceServer(options.server) { server in
      try await withDaemon(in: home, server, options) { test in
        try await body(test)
        if checksOutbox {
          #expect(try await test.call(Calls.listOutbox, NoParameters()).items.isEmpty)
        }
      }
      try await server.world.wait { $0.counters.openSockets == 0 }
    }
  }
}

/// One life of a daemon in `home`.
func withDaemon(
  in home: TemporaryHome, _ server: ReferenceServer, _ options: TestDaemonOptions = .init(),
  _ body: @Sendable (TestDaemon) async throws -> Void
) async throws {
  if let text = options.configuration { try home.write(text, to: "config.toml") }
  let environment = [
    "FONANA_HOME": home.path, "FONANA_SERVER": "http://127.0.0.1:\(server.httpPort)",
    "FONANA_WEBSOCKET": "ws://127.0.0.1:\(server.webSocketPort)/ws", "FONANA_LOG_LEVEL": "trace",
  ].merging(options.environment) { $1 }
  var launchOptions = LaunchOptions()
  launchOptions.timeScale = options.timeScale
  var launch = try DaemonLaunch(options: launchOptions, environment: environment)
  let popUps = PopUpRecorder()
  launch.presenter = popUps
  launch.clock = options.clock
  launch.writesToStandardError = false
  let daemon = try #require(try await Daemon(launch))
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await daemon.run(signals: []) }
    do {
      try await body(
        TestDaemon(home: home, server: server, daemon: daemon, popUps: popUps))
    } catch {
      daemon.stop()
      _ = await group.nextResult()
      throw error
    }
    daemon.stop()
    try await group.waitForAll()
  }
}

extension ClientID {
  /// A new name, version 4.
  static func random() -> ClientID {
    func digits(_ count: Int) -> String {
      (0..<count).map { _ in String(Int.random(in: 0..<16), radix: 16) }.joined()
    }
    return ClientID("\(digits(8))-\(digits(4))-4\(digits(3))-8\(digits(3))-\(digits(12))")
  }
}
