import ControlProtocol
import FonanaCore
import Logging
import ServiceLifecycle

/// The daemon's end of the socket: takes requests from the socket loop to the handlers.
///
/// Requests of one client are handled in order, those of different clients at once; at most one
/// of each client is under way, so the stream between loop and handlers is bounded by the number
/// of clients.
final class ControlServer: Service {
  private let router: ControlRouter
  private let socket: ListeningSocket
  private let limits: SocketLoop.Limits
  private let logger: Logger
  private let mailbox: LoopMailbox
  private let onDrop: @Sendable () -> Void
  private let departures = Departures()
  private let onServing: @Sendable () -> Void

  /// Commands can connect to `socket` before `run()`. `onServing`: the first request would be
  /// answered.
  init(
    socket: ListeningSocket, router: ControlRouter,
    limits: SocketLoop.Limits = .init(), logger: Logger,
    onDrop: @escaping @Sendable () -> Void = {},
    onServing: @escaping @Sendable () -> Void = {}
  ) throws(FonanaError) {
    self.router = router
    self.limits = limits
    mailbox = try LoopMailbox()
    self.logger = logger
    self.onDrop = onDrop
    self.onServing = onServing
    self.socket = socket
  }

  var clientCount: Int { departures.count }

  /// Until graceful shutdown or cancellation; then no connection is left.
  func run() async throws {
    let (reports, continuation) = AsyncStream<LoopReport>.makeStream(
      bufferingPolicy: .bufferingOldest(limits.clients * 64))
    guard startLoop(continuation) else {
      throw FonanaError(.internalDefect, "The system has no thread left for the socket.")
    }
    onServing()
    let departures = departures
    await withTaskCancellationOrGracefulShutdownHandler {
      await serve(reports)
    } onCancelOrGracefulShutdown: { [mailbox] in
      mailbox.post(.stop)
      departures.allLeft()
    }
  }

  /// Ends `run()` as a graceful shutdown does.
  func stop() {
    mailbox.post(.stop)
    departures.allLeft()
  }

  private func startLoop(_ continuation: AsyncStream<LoopReport>.Continuation) -> Bool {
    let starter = LoopStarter(
      socket: socket, mailbox: mailbox, limits: limits, logger: logger,
      continuation: continuation)
    return BlockingThread.detached { starter.run() }
  }

  private func serve(_ reports: AsyncStream<LoopReport>) async {
    await withDiscardingTaskGroup { group in
      for await report in reports {
        switch report {
        case .request(let peer, let line, let descriptors):
          departures.arrived(peer)
          let caller = Caller(
            peer: peer, descriptors: descriptors, mailbox: mailbox, departures: departures)
          group.addTask { await self.handle(line, of: caller) }
        case .gone(let peer): departures.left(peer)
        case .dropped: onDrop()
        }
      }
      departures.allLeft()
      group.cancelAll()
    }
  }

  private func handle(_ line: [UInt8], of caller: Caller) async {
    if let answer = await router.answer(line, from: caller) { caller.push(answer) }
    mailbox.post(.finish(caller.peer, unused: caller.takeDescriptors()))
    await caller.takeAfterwards()?()
  }
}

/// Carries what the loop needs to its thread.
private struct LoopStarter: Sendable {
  let socket: ListeningSocket
  let mailbox: LoopMailbox
  let limits: SocketLoop.Limits
  let logger: Logger
  let continuation: AsyncStream<LoopReport>.Continuation

  func run() {
    let loop = SocketLoop(
      listener: socket, mailbox: mailbox, limits: limits, logger: logger
    ) { [continuation] report in continuation.yield(report) }
    loop.run()
    continuation.finish()
  }
}
