import NIOCore

/// Registers its connection as soon as that is accepted.
final class ConnectionTracker: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny

  private let connections: ConnectionRegistry

  init(_ connections: ConnectionRegistry) {
    self.connections = connections
  }

  func handlerAdded(context: ChannelHandlerContext) {
    connections.register(context.channel)
  }
}
