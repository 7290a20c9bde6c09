import NIOCore
import NIOWebSocket

/// One WebSocket after its upgrade. Lives on the event loop of its channel.
final class SocketHandler: ChannelInboundHandler, ChannelOutboundHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundIn = WebSocketFrame
  typealias OutboundOut = WebSocketFrame

  private enum State {
    /// The token is being looked at; frames are lost. → connected, closing
    case greeting
    /// `connected` has been sent. → closing
    case connected(SocketReplies)
    /// A close frame has been sent. Final.
    case closing
  }

  private let greeting: SocketGreeting
  private let world: World
  private let sockets: SocketRegistry
  private let settings: SocketSettings
  private var state = State.greeting
  private var hasAnsweredPing = true
  private var heartbeat: RepeatedTask?

  init(
    _ greeting: SocketGreeting, world: World, sockets: SocketRegistry, settings: SocketSettings
  ) {
    self.greeting = greeting
    self.world = world
    self.sockets = sockets
    self.settings = settings
  }

  func handlerAdded(context: ChannelHandlerContext) {
    guard context.channel.isActive else { return }
    sockets.opened(context.channel)
    let hasToken = greeting.token != nil
    world.count { counters in
      if hasToken { counters.socketsWithToken += 1 } else { counters.socketsWithoutToken += 1 }
    }
    startHeartbeat(context)
    let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: TimeAmount(settings.connectedDelay)) {
      loopBound.value.0.greet(loopBound.value.1)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    heartbeat?.cancel()
    sockets.closed(context.channel)
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !sockets.isSilent else { return }
    let frame = unwrapInboundIn(data)
    switch frame.opcode {
    case .text, .binary: received(frame, context)
    case .ping: send(context, .pong, frame.unmaskedData)
    case .pong: hasAnsweredPing = true
    case .connectionClose: peerClosed(frame, context)
    default: break
    }
  }

  func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    guard let command = event as? SocketCommand else {
      context.triggerUserOutboundEvent(event, promise: promise)
      return
    }
    switch command {
    case .close(let code, let reason): close(context, code: code, reason: reason)
    case .terminate: context.close(promise: nil)
    case .sendText(let text):
      if case .connected = state { send(context, text) }
    }
    promise?.succeed()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  // MARK: Greeting

  private func greet(_ context: ChannelHandlerContext) {
    guard context.channel.isActive, case .greeting = state, !sockets.isSilent else { return }
    if case .closeAfterUpgrade(let code, let reason) = sockets.upgradeFault {
      return close(context, code: code, reason: reason)
    }
    let token = greeting.token
    let user = world.read { state in
      token.flatMap { try? state.verify($0) }.flatMap { state.user(id: $0.userID) }
    }
    guard let user else {
      world.count { $0.socketsUnauthorized += 1 }
      return close(context, code: 1008, reason: "Unauthorized")
    }
    let replies = SocketReplies(userID: user.id)
    state = .connected(replies)
    sockets.connected(context.channel, userID: user.id)
    send(context, replies.connected.text)
  }

  // MARK: Frames

  private func received(_ frame: WebSocketFrame, _ context: ChannelHandlerContext) {
    guard case .connected(let replies) = state else {
      world.count { $0.framesLost += 1 }
      return
    }
    let bytes = Array(frame.unmaskedData.readableBytesView)
    let names = ReceivedNames.inJSON(bytes, "frame")
    world.count { $0.namesReceived.formUnion(names) }
    switch replies.request(bytes) {
    case .nothing: break
    case .reply(let reply): send(context, reply.text)
    case .several(let several): several.forEach { send(context, $0.text) }
    case .subscribe(let channel, let key):
      sockets.subscribed(context.channel, to: key)
      send(context, SocketReplies.confirmation("subscribed", channel, key).text)
      sendUnread(context, channel, userID: replies.userID)
    case .unsubscribe(let channel, let key):
      guard sockets.unsubscribed(context.channel, from: key) else { break }
      send(context, SocketReplies.confirmation("unsubscribed", channel, key).text)
    }
  }

  private func sendUnread(_ context: ChannelHandlerContext, _ channel: WireJSON, userID: String) {
    guard channel["type"]?.stringValue == "notifications",
      let event = world.read({ $0.unreadEvent(of: userID) })
    else { return }
    send(context, event.text)
  }

  private func send(_ context: ChannelHandlerContext, _ text: String) {
    send(context, .text, ByteBuffer(string: text))
  }

  private func send(
    _ context: ChannelHandlerContext, _ opcode: WebSocketOpcode, _ data: ByteBuffer
  ) {
    guard !sockets.isSilent else { return }
    let frame = WebSocketFrame(fin: true, opcode: opcode, data: data)
    context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
  }

  // MARK: Life

  /// Pings at each interval; a peer that has not answered the last one is dropped.
  private func startHeartbeat(_ context: ChannelHandlerContext) {
    let interval = TimeAmount(settings.pingInterval)
    let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    heartbeat = context.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) {
      _ in loopBound.value.0.beat(loopBound.value.1)
    }
  }

  private func beat(_ context: ChannelHandlerContext) {
    guard hasAnsweredPing else {
      context.close(promise: nil)
      return
    }
    hasAnsweredPing = false
    send(context, .ping, ByteBuffer())
  }

  private func close(_ context: ChannelHandlerContext, code: UInt16, reason: String) {
    if case .closing = state { return }
    state = .closing
    var data = ByteBuffer()
    data.writeInteger(code)
    data.writeString(reason)
    send(context, .connectionClose, data)
    let loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: .seconds(2)) { loopBound.value.close(promise: nil) }
  }

  private func peerClosed(_ frame: WebSocketFrame, _ context: ChannelHandlerContext) {
    if case .closing = state {
      context.close(promise: nil)
      return
    }
    state = .closing
    let echo = WebSocketFrame(
      fin: true, opcode: .connectionClose,
      data: ByteBuffer(bytes: frame.unmaskedData.readableBytesView.prefix(2)))
    let loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(echo)).whenComplete { _ in
      loopBound.value.close(promise: nil)
    }
  }
}
