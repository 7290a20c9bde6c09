import FonanaCore
import NIOCore
import NIOWebSocket

/// The open connection: answers pings, reads messages, writes frames. Lives on the event loop.
final class SocketFrameHandler: ChannelInboundHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundOut = WebSocketFrame

  private let line: SocketLine
  private let channel: any Channel
  private var assembly = SocketMessageAssembly()
  private var allowance = FrameAllowance()
  /// After our close frame or a violation nothing more is read.
  private var isClosing = false

  init(line: SocketLine, channel: any Channel) {
    self.line = line
    self.channel = channel
  }

  // MARK: In

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    do {
      if let message = try assembly.take(unwrapInboundIn(data)) { receive(message) }
    } catch {
      if !isClosing { refuse(error) }
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    line.end(with: .closed(code: nil, reason: ""))
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case NIOWebSocketError.invalidFrameLength: refuse(.tooLarge)
    case is NIOWebSocketError: refuse(.brokenFrame("a control frame"))
    default: line.end(with: .closed(code: nil, reason: ""))
    }
  }

  private func receive(_ message: SocketMessageAssembly.Message) {
    switch message {
    case .close(let code, let reason): answerClose(code, reason)
    case _ where isClosing: break
    case .text(let buffer): receive(PushFrame(wire: buffer.readableBytesView))
    case .binary: receive(.unreadable)
    case .pong: if isAllowed { line.signal(.alive) }
    case .ping(let data):
      guard isAllowed else { return }
      line.signal(.alive)
      // A peer that asks faster than it reads gets no further answers.
      if channel.isWritable { write(.pong, data) }
    }
  }

  private func receive(_ frame: PushFrame) {
    switch frame {
    case .unreadable, .error, .pong, .subscribed, .connected:
      guard isAllowed else { return }
    case .unreadNotifications, .notification, .event: break
    }
    line.signal(.frame(frame))
  }

  private var isAllowed: Bool {
    if allowance.take(at: .now()) { return true }
    refuse(.tooMany)
    return false
  }

  /// The peer should close the connection now; it gets a little time for that.
  private func answerClose(_ code: UInt16?, _ reason: String) {
    if !isClosing { writeClose(code ?? 1000) }
    isClosing = true
    line.end(
      with: .closed(code: code.map(Int.init), reason: reason), grace: line.limits.close)
  }

  private func refuse(_ violation: SocketViolation) {
    guard !isClosing else { return }
    isClosing = true
    writeClose(UInt16(webSocketErrorCode: violation.code))
    line.end(with: .failed(violation.failure), grace: line.limits.close)
  }

  // MARK: Out

  func send(_ text: String) { write(.text, ByteBuffer(string: text)) }

  func ping() { write(.ping, ByteBuffer()) }

  /// With a close frame; the line ends with the peer's, or when that does not come in time.
  func close() {
    guard !isClosing else { return }
    isClosing = true
    writeClose(1000)
    let line = line
    line.loop.scheduleTask(in: TimeAmount(line.limits.close)) {
      line.end(with: .closed(code: nil, reason: ""))
    }
  }

  private func writeClose(_ code: UInt16) {
    write(.connectionClose, ByteBuffer(integer: code), ignoringClosing: true)
  }

  /// A peer that does not read must not hold the line for ever: each write has a deadline.
  private func write(_ opcode: WebSocketOpcode, _ data: ByteBuffer, ignoringClosing: Bool = false) {
    guard ignoringClosing || !isClosing else { return }
    let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
    let line = line
    let deadline = line.loop.scheduleTask(in: TimeAmount(line.limits.write)) {
      line.end(with: .closed(code: nil, reason: ""))
    }
    let written = line.loop.makePromise(of: Void.self)
    written.futureResult.whenComplete { _ in deadline.cancel() }
    channel.writeAndFlush(frame, promise: written)
  }
}
