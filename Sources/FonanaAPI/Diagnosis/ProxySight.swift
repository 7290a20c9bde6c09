import FonanaCore
import NIOCore
import NIOPosix

/// What a proxy said to CONNECT.
package enum ProxySight: Sendable {
  /// Its status line.
  case opened(String)
  case refused(String)
  /// It could not be reached, or said nothing.
  case failed(String)
}

extension ServerProbe {
  package func connectThroughProxy() async -> ProxySight {
    guard let proxy = configuration.proxy else { return .failed("there is no proxy") }
    let promise = group.next().makePromise(of: String.self)
    let timer = group.next().scheduleTask(in: TimeAmount(limits.idle)) {
      promise.succeed("")
    }
    defer { timer.cancel() }
    do {
      let channel = try await ClientBootstrap(group: group)
        .connectTimeout(TimeAmount(limits.connect))
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(FirstLineHandler(promise))
          }
        }
        .connect(host: proxy.host, port: proxy.port).get()
      defer { channel.close(promise: nil) }
      try await channel.writeAndFlush(ByteBuffer(string: connectRequest))
      let line = DisplayText.line(try await promise.futureResult.get(), limit: 120)
      guard line.hasPrefix("HTTP/") else {
        return .failed(line.isEmpty ? "the proxy says nothing" : "the proxy says “\(line)”")
      }
      return line.split(separator: " ").dropFirst().first?.hasPrefix("2") == true
        ? .opened(line) : .refused(line)
    } catch {
      promise.succeed("")
      return .failed(ServerFailure(transport: error, phase: .nothingWritten).detail)
    }
  }

  private var connectRequest: String {
    let host = configuration.server.host
    let name = host.contains(":") ? "[\(host)]" : host
    let target = "\(name):\(configuration.server.port)"
    return "CONNECT \(target) HTTP/1.1\r\nHost: \(target)\r\n"
      + "User-Agent: \(configuration.userAgent)\r\n\r\n"
  }
}

/// The first line that comes, or what came until the end.
private final class FirstLineHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let promise: EventLoopPromise<String>
  private var text = ""

  init(_ promise: EventLoopPromise<String>) { self.promise = promise }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    text += String(buffer: unwrapInboundIn(data))
    if text.contains("\r\n") || text.utf8.count > 4096 { finish() }
  }

  func channelInactive(context: ChannelHandlerContext) { finish() }

  private func finish() {
    promise.succeed(text.split(separator: "\r\n").first.map(String.init) ?? "")
  }
}
