import NIOCore
import NIOHTTP1

/// The body of an answer on its way. Each piece is waited for, so that a slow reader slows its
/// writer and nothing piles up.
struct WebWriter: Sendable {
  let channel: any Channel

  func write(_ bytes: [UInt8]) async throws {
    try Task.checkCancellation()
    let part = HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes)))
    try await channel.writeAndFlush(part).get()
  }

  func send(_ answer: WebAnswer) async throws {
    try await channel.writeAndFlush(HTTPServerResponsePart.head(answer.head)).get()
    switch answer.body {
    case .bytes(let bytes): try await write(bytes)
    case .stream(let body): try await body(self)
    }
    try await channel.writeAndFlush(HTTPServerResponsePart.end(nil)).get()
  }
}
