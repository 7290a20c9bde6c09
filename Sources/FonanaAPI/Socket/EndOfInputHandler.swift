import NIOCore

/// Holds the end of input back until the channel takes its handlers away, one turn of the event
/// loop later.
///
/// A peer may close in the segment of its first frames. NIO leaves HTTP one turn after the 101,
/// and an end of input before that makes the HTTP decoder drop the bytes that it was to hand over.
final class EndOfInputHandler: ChannelInboundHandler {
  typealias InboundIn = Any

  private var isHolding = false

  func channelInactive(context: ChannelHandlerContext) { isHolding = true }

  func handlerRemoved(context: ChannelHandlerContext) {
    if isHolding { context.fireChannelInactive() }
  }
}
