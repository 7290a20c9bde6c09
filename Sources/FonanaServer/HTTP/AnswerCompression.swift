import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOHTTPTypesHTTP1

/// Compresses JSON for clients that ask for it, as the nginx before the real server does.
///
/// The compressor speaks NIO's types of HTTP, so its place is before Hummingbird's codec, which is
/// in the pipeline already when this handler comes.
final class AnswerCompression: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = Any

  private let compressor = HTTPResponseCompressor { head, _ in
    AnswerCompression.judge(&head)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let pipeline = context.pipeline.syncOperations
    guard let codec = try? pipeline.handler(type: HTTP1ToHTTPServerCodec.self) else { return }
    try? pipeline.addHandler(compressor, position: .before(codec))
  }

  /// The answer to what is no HTTP belongs to no request, and the compressor traps on such a one.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.pipeline.syncOperations.removeHandler(compressor, promise: nil)
    context.fireErrorCaught(error)
  }

  /// An answer that is `identity` already is cut or counted by its bytes and stays as it is.
  private static func judge(
    _ head: inout HTTPResponseHead
  ) -> HTTPResponseCompressor.CompressionIntent {
    let isFixed = head.headers.contains(name: "Content-Encoding")
    if head.headers.first(name: "Content-Encoding") == "identity" {
      head.headers.remove(name: "Content-Encoding")
    }
    guard !isFixed, head.headers.first(name: "Content-Type") == "application/json" else {
      return .doNotCompress
    }
    return .compressIfPossible
  }
}
