package import FonanaCore
package import Logging
package import NIOCore
import NIOPosix

/// The WebSocket side of the server.
///
/// Each `run` is one connection with one event loop: everything that belongs to it (`SocketLine`
/// and the channel's handlers) lives there, so signals come in order and the last one is the last.
package struct SocketClient: Sendable {
  private let configuration: APIConfiguration
  private let group: any EventLoopGroup
  private let logger: Logger

  package init(
    _ configuration: APIConfiguration,
    group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
    logger: Logger
  ) {
    self.configuration = configuration
    self.group = group
    self.logger = logger
  }

  /// Connects and stays until the connection has ended; it is closed then.
  ///
  /// - Parameters:
  ///   - commands: Carried out once the connection is open; `close` at any time. Its end changes
  ///     nothing.
  ///   - onSignal: Called on the connection's event loop. The last signal is `closed` or `failed`
  ///     and comes exactly once. Cancelling the task closes at once, with `closed(nil, "")`.
  package func run(
    wallet: String?, token: Redacted<String>, commands: AsyncStream<SocketCommand>,
    onSignal: @escaping @Sendable (SocketSignal) -> Void
  ) async {
    let line = SocketLine(on: group.any(), limits: configuration.limits, onSignal: onSignal)
    let opening = SocketOpening(
      configuration: configuration, wallet: wallet, token: token, line: line)
    await withTaskCancellationHandler {
      opening.start()
      await withTaskGroup(of: Void.self) { tasks in
        tasks.addTask { for await command in commands { line.perform(command) } }
        await line.ended()
        tasks.cancelAll()
      }
      await line.allClosed()
    } onCancel: {
      line.abort()
    }
    logger.debug("the connection has ended")
  }
}
