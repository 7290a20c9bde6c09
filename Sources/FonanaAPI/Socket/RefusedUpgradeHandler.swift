import FonanaCore
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// Sees the answer that came instead of a 101: its status decides what the session does.
final class RefusedUpgradeHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart

  private let line: SocketLine

  init(line: SocketLine) { self.line = line }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(let head) = unwrapInboundIn(data) else { return }
    let now =
      head.headers.first(name: "Date").flatMap(HTTPDate.read)
      ?? Timestamp(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000))
    let status = Int(head.status.code)
    line.end(
      with: .failed(
        ServerFailure(
          .status, phase: .headersRead, status: status,
          retryAfter: RetryAfter.read(head.headers.first(name: "Retry-After"), now: now),
          detail: "the upgrade was refused with status \(status)")))
  }
}
