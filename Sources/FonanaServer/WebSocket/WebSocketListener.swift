import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

/// The WebSocket server on its port. Any path is accepted, and the upgrade is always completed
/// before the token is judged.
struct WebSocketListener: Sendable {
  private static let maximumFrame = 1 << 20

  let world: World
  let sockets: SocketRegistry
  let settings: SocketSettings
  let group: any EventLoopGroup

  /// Serves until the task is cancelled; then closes the port and every connection.
  func run(port: Int, onListening: @Sendable (Int) -> Void) async throws {
    let connections = SocketConnections()
    let server = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        connections.add(channel)
        world.count { $0.socketConnections += 1 }
        return initialize(channel)
      }
      .bind(host: "127.0.0.1", port: port).get()
    onListening(server.localAddress?.port ?? port)
    try? await withTaskCancellationHandler {
      try await server.closeFuture.get()
    } onCancel: {
      server.close(promise: nil)
    }
    connections.closeAll()
    try Task.checkCancellation()
  }

  private func initialize(_ channel: any Channel) -> EventLoopFuture<Void> {
    channel.eventLoop.makeCompletedFuture {
      let refusal = NIOLoopBound(
        RefusalHandler(sockets: sockets), eventLoop: channel.eventLoop)
      try channel.pipeline.syncOperations.configureHTTPServerPipeline(
        withServerUpgrade: (
          upgraders: [upgrader],
          completionHandler: { context in
            context.pipeline.syncOperations.removeHandler(refusal.value, promise: nil)
          }
        ))
      try channel.pipeline.syncOperations.addHandler(refusal.value)
    }
  }

  private var upgrader: NIOWebSocketServerUpgrader {
    NIOWebSocketServerUpgrader(
      maxFrameSize: Self.maximumFrame,
      shouldUpgrade: { channel, _ in decide(channel) },
      upgradePipelineHandler: { channel, head in
        let names = ReceivedNames.inHead(head.headers.map(\.name), head.uri)
        world.count { $0.namesReceived.formUnion(names) }
        return channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            NIOWebSocketFrameAggregator(
              minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 1024,
              maxAccumulatedFrameSize: Self.maximumFrame))
          try channel.pipeline.syncOperations.addHandler(
            SocketHandler(
              SocketGreeting(head, sockets.upgradeFault), world: world, sockets: sockets,
              settings: settings))
        }
      })
  }

  private func decide(_ channel: any Channel) -> EventLoopFuture<HTTPHeaders?> {
    switch sockets.upgradeFault {
    case nil, .closeAfterUpgrade, .loseToken: return channel.eventLoop.makeSucceededFuture([:])
    case .status:
      world.count { $0.upgradesRefused += 1 }
      return channel.eventLoop.makeSucceededFuture(nil)
    case .hang:
      world.count { $0.upgradesRefused += 1 }
      // Answered by nothing; settled when the peer gives up, so that no promise is dropped.
      return channel.closeFuture.flatMapThrowing { throw ChannelError.eof }
    case .reset:
      world.count { $0.upgradesRefused += 1 }
      channel.close(promise: nil)
      return channel.eventLoop.makeFailedFuture(ChannelError.eof)
    }
  }
}
