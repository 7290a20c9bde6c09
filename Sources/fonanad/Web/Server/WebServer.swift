import FonanaCore
import NIOCore
import NIOHTTP1
import NIOPosix

/// HTTP on loopback, for this machine only. It listens from its making on, until `stop()`.
final class WebServer: Sendable {
  private let listener: any Channel
  private let connections: WebConnections

  /// - Parameters:
  ///   - port: 0: any free one.
  ///   - patience: For a request to be whole.
  init(
    port: Int, patience: Duration = .seconds(10), respond: @escaping WebConnection.Respond
  ) async throws(FonanaError) {
    let connections = WebConnections()
    self.connections = connections
    do {
      listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            guard connections.add(channel) else { throw ChannelError.alreadyClosed }
            try channel.pipeline.syncOperations.configureHTTPServerPipeline(
              withPipeliningAssistance: false, withErrorHandling: true)
            try channel.pipeline.syncOperations.addHandler(
              WebConnection(patience: TimeAmount(patience), respond))
          }
        }
        .bind(host: "127.0.0.1", port: port).get()
    } catch {
      throw FonanaError(
        .conflict, "Port \(port) on 127.0.0.1 can't be listened on (\(error)).",
        hint: "Another program may have it: see “fonana config list”, and name another port.")
    }
  }

  var port: Int { listener.localAddress?.port ?? 0 }

  /// Takes no more connections and cuts those there are.
  func stop() async {
    try? await listener.close()
    await connections.closeAll()
  }
}
