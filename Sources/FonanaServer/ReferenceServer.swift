import Hummingbird
import NIOCore
import NIOPosix

/// The reference server of docs/protocol.md on loopback: HTTP on one port, WebSocket on another.
///
/// `run()` owns all that is going on. `wish` says what the outside wants and `phase` what is the
/// case; both are values behind locks that tasks wait on, so `stop()` and `stopListening()` may be
/// called from anywhere. The world outlives the listeners.
package final class ReferenceServer: Sendable {
  private enum Wish: Equatable {
    case listen
    case pause
    case stop
  }

  private struct Phase {
    var httpPort: Int?
    var webSocketPort: Int?
    var listener: (any Channel)?
    var isHTTPUp = false
    var isWebSocketUp = false
    var isRunning = false
    var failure: (any Error)?

    var isListening: Bool { isHTTPUp && isWebSocketUp }

    mutating func close() {
      isHTTPUp = false
      isWebSocketUp = false
    }
  }

  package let world: World
  package let faults = FaultTable()
  package let sockets: SocketRegistry
  private let configuration: ServerConfiguration
  private let connections: ConnectionRegistry
  private let wish = Observed(Wish.listen)
  private let phase = Observed(Phase())

  /// - Throws: when the data file can't be read or does not hold a world.
  package init(configuration: ServerConfiguration) throws {
    self.configuration = configuration
    world = try World.opening(configuration)
    sockets = SocketRegistry(world: world)
    connections = ConnectionRegistry(world: world)
    let sockets = sockets
    world.deliver { sockets.deliver($0) }
  }

  /// 0 before the first listening; the same port after every restart.
  package var httpPort: Int { phase.read { $0.httpPort ?? 0 } }

  package var webSocketPort: Int { phase.read { $0.webSocketPort ?? 0 } }

  /// Serves until `stop()` or cancellation. To be called once. Throws when the data file can no
  /// longer be written: no answer is given that depends on what was not saved.
  package func run() async throws {
    phase.update { $0.isRunning = true }
    defer {
      phase.update { phase in
        phase.isRunning = false
        phase.close()
      }
    }
    do {
      try await serve()
    } catch is CancellationError {
      return
    } catch {
      phase.update { $0.failure = error }
      throw error
    }
  }

  /// Throws the error that kept the ports from listening.
  package func waitUntilListening() async throws {
    try await phase.wait { $0.isListening || $0.failure != nil }
    if let failure = phase.read({ $0.failure }) { throw failure }
  }

  /// Ends `run()`, cutting every connection.
  package func stop() async {
    beginStop()
    try? await phase.wait { !$0.isRunning }
  }

  /// Asks `run()` to end.
  package func beginStop() {
    wish.update { $0 = .stop }
  }

  /// Closes both ports and cuts every connection, like a server that has died. The world stays.
  package func stopListening() async throws {
    wish.update { if $0 == .listen { $0 = .pause } }
    try await phase.wait { !$0.isListening }
  }

  /// Listens again, on the same ports.
  package func startListening() async throws {
    wish.update { if $0 == .pause { $0 = .listen } }
    try await waitUntilListening()
  }

  private func serve() async throws {
    while true {
      try await wish.wait { $0 != .pause }
      if wish.read({ $0 == .stop }) { return }
      try await listen()
      phase.update { $0.close() }
    }
  }

  /// Returns when the wish is no longer to listen.
  private func listen() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await self.runHTTP() }
      group.addTask { try await self.runWebSockets() }
      group.addTask { try await self.wish.wait { $0 != .listen } }
      group.addTask { try await self.world.waitForFailure() }
      let outcome = await group.nextResult()
      await hangUp()
      group.cancelAll()
      try outcome?.get()
    }
  }

  /// Ends the HTTP side step by step before its task is cancelled, since a connection that is open
  /// and was never taken up traps in swift-nio: no more are accepted, those on their way arrive,
  /// and all are closed.
  private func hangUp() async {
    guard let listener = phase.read({ $0.listener }) else { return }
    try? await listener.setOption(.autoRead, value: false).get()
    for _ in 0..<3 {
      // A connection on its way hops to its own event loop and back.
      for loop in MultiThreadedEventLoopGroup.singleton.makeIterator() {
        try? await loop.submit {}.get()
      }
    }
    try? await listener.close()
    await connections.closeAll()
  }

  private func runHTTP() async throws {
    let port = phase.read { $0.httpPort } ?? configuration.httpPort
    do {
      try await application(port: port).run()
    } catch let error as IOError {
      throw ListenError(port: port, number: error.errnoCode)
    }
  }

  private func application(port: Int) -> some ApplicationProtocol {
    let responder = APIResponder(
      world: world, faults: faults,
      control: configuration.offersControl
        ? ControlRoutes(world: world, faults: faults, sockets: sockets) : nil)
    let connections = connections
    return Application(
      responder: responder,
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [ConnectionTracker(connections), AnswerCompression()])),
      configuration: .init(address: .hostname("127.0.0.1", port: port)),
      onServerRunning: { channel in
        self.phase.update { phase in
          phase.listener = channel
          phase.httpPort = channel.localAddress?.port ?? port
          phase.isHTTPUp = true
        }
      },
      logger: configuration.logger)
  }

  private func runWebSockets() async throws {
    let listener = WebSocketListener(
      world: world, sockets: sockets,
      settings: SocketSettings(
        connectedDelay: configuration.connectedDelay, pingInterval: configuration.pingInterval),
      group: MultiThreadedEventLoopGroup.singleton)
    let port = phase.read { $0.webSocketPort } ?? configuration.webSocketPort
    do {
      try await listener.run(port: port) { port in
        phase.update { phase in
          phase.webSocketPort = port
          phase.isWebSocketUp = true
        }
      }
    } catch let error as IOError {
      throw ListenError(port: port, number: error.errnoCode)
    }
  }
}
