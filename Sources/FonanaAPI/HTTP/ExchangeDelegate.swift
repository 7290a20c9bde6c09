import AsyncHTTPClient
import FonanaCore
import NIOCore
import NIOHTTP1
import Synchronization

/// Follows one exchange. The event loop writes to it; whoever waits for the end reads it then, so
/// its state is behind a lock.
final class ExchangeDelegate: HTTPClientResponseDelegate {
  typealias Response = Void

  /// Ends a transfer of which nothing more is wanted; the exchange says why.
  struct TransferEnded: Error {}

  private let state: Mutex<Exchange>

  init(_ reader: AnswerReader) { state = Mutex(Exchange(reader: reader)) }

  /// As far as it got.
  var exchange: Exchange { state.withLock { $0 } }

  func didSendRequestHead(task: HTTPClient.Task<Void>, _ head: HTTPRequestHead) {
    state.withLock { $0.phase = .partlyWritten }
  }

  func didReceiveHead(task: HTTPClient.Task<Void>, _ head: HTTPResponseHead)
    -> EventLoopFuture<Void>
  {
    state.withLock { $0.receive(head) }
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ buffer: ByteBuffer)
    -> EventLoopFuture<Void>
  {
    let isMoreWanted = state.withLock { $0.receive(buffer.readableBytesView) }
    return isMoreWanted
      ? task.eventLoop.makeSucceededVoidFuture()
      : task.eventLoop.makeFailedFuture(TransferEnded())
  }

  func didFinishRequest(task: HTTPClient.Task<Void>) throws {
    state.withLock { $0.phase = .complete }
  }
}
