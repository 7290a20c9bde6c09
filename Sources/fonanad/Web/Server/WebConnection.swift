import NIOCore
import NIOHTTP1

/// One connection, and the one request on it.
final class WebConnection: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias Respond = @Sendable (WebRequest) async -> WebAnswer

  private static let bodyLimit = 16 << 10

  /// To the end of the request.
  private let patience: TimeAmount
  private let respond: Respond
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  private var isTaken = false
  private var deadline: Scheduled<Void>?
  private var task: Task<Void, Never>?

  init(patience: TimeAmount, _ respond: @escaping Respond) {
    (self.patience, self.respond) = (patience, respond)
  }

  func channelActive(context: ChannelHandlerContext) {
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): if self.head == nil { self.head = head }
    case .body(let piece):
      guard !isTaken else { return }
      body += piece.readableBytesView
      if body.count > Self.bodyLimit { context.close(promise: nil) }
    case .end: take(context)
    }
  }

  private func take(_ context: ChannelHandlerContext) {
    guard let head, !isTaken else { return }
    isTaken = true
    deadline?.cancel()
    let (request, respond, channel) = (WebRequest(head, body: body), respond, context.channel)
    task = Task {
      // An error is the reader's end: there is nobody to be told.
      try? await WebWriter(channel: channel).send(await respond(request))
      channel.close(promise: nil)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    task?.cancel()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
