import FonanaCore
import NIOCore

/// Talks to the proxy on a new connection. What follows is the target's, and is held back until the
/// target's handlers are there.
final class ProxyTunnel: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var handshake: ProxyHandshake
  private let promise: EventLoopPromise<String>
  private var hasBegun = false
  private var isThrough = false
  /// What came for the target.
  private var rest: ByteBuffer?

  private init(_ handshake: ProxyHandshake, _ promise: EventLoopPromise<String>) {
    self.handshake = handshake
    self.promise = promise
  }

  /// What the proxy said when it let us through; `leave` must follow when the target's handlers
  /// are there. On the channel's event loop. A refusal fails as a `ServerFailure`.
  static func dig(
    through proxy: APIConfiguration.Proxy, to target: ServerAddress, userAgent: String,
    on channel: any Channel
  ) -> EventLoopFuture<String> {
    let promise = channel.eventLoop.makePromise(of: String.self)
    let handshake = ProxyHandshake(proxy.kind, to: target, userAgent: userAgent)
    do {
      try channel.pipeline.syncOperations.addHandler(ProxyTunnel(handshake, promise))
    } catch {
      promise.fail(error)
    }
    return promise.futureResult
  }

  /// The target's handlers are there: they get what has come for them.
  static func leave(_ channel: any Channel) throws {
    let operations = channel.pipeline.syncOperations
    _ = operations.removeHandler(try operations.handler(type: ProxyTunnel.self))
  }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { begin(context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    begin(context)
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    if isThrough {
      rest.setOrWriteBuffer(&bytes)
    } else {
      perform(handshake.take(bytes.readableBytesView), context)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    perform(handshake.end(), context)
    context.fireChannelInactive()
  }

  /// A promise that is not kept would wait for ever.
  func handlerRemoved(context: ChannelHandlerContext) { promise.fail(ChannelError.alreadyClosed) }

  func removeHandler(
    context: ChannelHandlerContext, removalToken: ChannelHandlerContext.RemovalToken
  ) {
    if let rest {
      self.rest = nil
      context.fireChannelRead(wrapInboundOut(rest))
      context.fireChannelReadComplete()
    }
    context.leavePipeline(removalToken: removalToken)
  }

  /// A channel that has just connected is active before it says so.
  private func begin(_ context: ChannelHandlerContext) {
    guard !hasBegun else { return }
    hasBegun = true
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: handshake.opening)), promise: nil)
  }

  private func perform(_ step: ProxyHandshake.Step, _ context: ChannelHandlerContext) {
    switch step {
    case .wait: break
    case .say(let bytes):
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
    case .refused(let failure): promise.fail(failure)
    case .through(let rest, let words):
      isThrough = true
      if !rest.isEmpty { self.rest = ByteBuffer(bytes: rest) }
      promise.succeed(words)
    }
  }
}
