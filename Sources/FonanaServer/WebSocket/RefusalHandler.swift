import NIOCore
import NIOHTTP1
import NIOWebSocket

/// Answers requests that were not upgraded: with the status asked for, else with 426.
final class RefusalHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let sockets: SocketRegistry

  init(sockets: SocketRegistry) {
    self.sockets = sockets
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .end = unwrapInboundIn(data) else { return }
    var status = HTTPResponseStatus.upgradeRequired
    if case .status(let code) = sockets.upgradeFault { status = .init(statusCode: code) }
    let head = HTTPResponseHead(
      version: .http1_1, status: status,
      headers: ["Content-Length": "0", "Connection": "close"])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    let loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
      loopBound.value.close(promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A refused upgrade is no failure: the request follows and gets its status.
    guard !(error is NIOWebSocketUpgradeError) else { return }
    context.close(promise: nil)
  }
}
