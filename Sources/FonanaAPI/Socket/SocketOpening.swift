import FonanaCore
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket

/// Brings a connection from nothing to an open WebSocket: TCP, a proxy if there is one, TLS, upgrade.
struct SocketOpening: Sendable {
  /// A message, and so a frame, may be this large. NIO's own limit of 16 KiB is too small: twenty
  /// notifications in one frame can pass it.
  static let messageLimit = 4 << 20

  let configuration: APIConfiguration
  let wallet: String?
  let token: Redacted<String>
  let line: SocketLine

  private var address: ServerAddress { configuration.socket }

  /// Returns at once; `line` tells what becomes of it.
  func start() {
    line.loop.execute {
      line.expect("connection", within: line.limits.connect, phase: .nothingWritten)
      connect()
    }
  }

  private func connect() {
    ClientBootstrap(group: line.loop)
      .connectTimeout(TimeAmount(line.limits.connect))
      .channelOption(.socketOption(.so_keepalive), value: 1)
      .channelInitializer { channel in
        line.adopt(channel)
        return channel.eventLoop.makeSucceededVoidFuture()
      }
      .connect(host: proxy?.host ?? address.host, port: proxy?.port ?? address.port)
      .whenComplete { result in
        switch result {
        case .success(let channel): pass(channel)
        case .failure(let error): fail(error, .nothingWritten)
        }
      }
  }

  private var proxy: APIConfiguration.Proxy? { configuration.socketProxy }

  /// TLS and the upgrade are for the server; the proxy sees neither.
  private func pass(_ channel: any Channel) {
    guard let proxy else { return upgrade(channel) }
    line.expect("way through the proxy", within: line.limits.upgrade, phase: .nothingWritten)
    ProxyTunnel.dig(
      through: proxy, to: address, userAgent: configuration.userAgent, on: channel
    ).whenComplete { result in
      switch result {
      case .success: upgrade(channel)
      case .failure(let error): fail(error, .nothingWritten)
      }
    }
  }

  private func upgrade(_ channel: any Channel) {
    line.expect("answer to the upgrade", within: line.limits.upgrade, phase: .partlyWritten)
    channel.closeFuture.whenComplete { _ in
      line.end(
        with: .failed(
          ServerFailure(
            .connectionLost, phase: .partlyWritten, detail: "the connection was closed")))
    }
    do {
      if address.isSecure { try channel.pipeline.syncOperations.addHandler(tlsHandler()) }
      try channel.pipeline.syncOperations.addHandler(EndOfInputHandler())
      try channel.pipeline.syncOperations
        .configureUpgradableHTTPClientPipeline(configuration: pipeline(on: channel))
        .whenFailure { fail($0, .partlyWritten) }
      if proxy != nil { try ProxyTunnel.leave(channel) }
    } catch {
      fail(error, .nothingWritten)
    }
  }

  /// An address that is a number has no name to send; its certificate is checked against it.
  private func tlsHandler() throws -> NIOSSLClientHandler {
    let tls = configuration.roots.clientConfiguration(protocols: ["http/1.1"])
    let isNumber = (try? SocketAddress(ipAddress: address.host, port: 0)) != nil
    return try NIOSSLClientHandler(
      context: NIOSSLContext(configuration: tls), serverHostname: isNumber ? nil : address.host)
  }

  private func pipeline(on channel: any Channel) -> NIOUpgradableHTTPClientPipelineConfiguration<
    Void
  > {
    let upgrader = NIOTypedWebSocketClientUpgrader<Void>(
      maxFrameSize: Self.messageLimit, enableAutomaticErrorHandling: false
    ) { channel, _ in
      channel.eventLoop.makeCompletedFuture {
        let handler = SocketFrameHandler(line: line, channel: channel)
        try channel.pipeline.syncOperations.addHandler(handler)
        line.opened(handler)
      }
    }
    let upgrade = NIOTypedHTTPClientUpgradeConfiguration<Void>(
      upgradeRequestHead: head, upgraders: [upgrader]
    ) { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(RefusedUpgradeHandler(line: line))
      }
    }
    var configuration = NIOUpgradableHTTPClientPipelineConfiguration(upgradeConfiguration: upgrade)
    // A first frame can come in the same segment as the 101.
    configuration.leftOverBytesStrategy = .forwardBytes
    return configuration
  }

  /// The token goes into the header and, unless that is forbidden, into the query: either can be
  /// lost on the way (docs/protocol.md, 8).
  private var head: HTTPRequestHead {
    var query = address.query.map { [$0] } ?? []
    if configuration.socketToken != .header {
      query.append("token=" + PercentEncoding.encode(token.exposed))
    }
    let path = address.path.isEmpty ? "/" : address.path
    var headers = HTTPHeaders([
      ("Host", address.authority), ("User-Agent", configuration.userAgent),
    ])
    if configuration.socketToken != .query {
      headers.add(name: "Authorization", value: "Bearer \(token.exposed)")
    }
    if let wallet { headers.add(name: "x-user-wallet", value: wallet) }
    return HTTPRequestHead(
      version: .http1_1, method: .GET,
      uri: query.isEmpty ? path : path + "?" + query.joined(separator: "&"), headers: headers)
  }

  private func fail(_ error: any Error, _ phase: ServerFailure.Phase) {
    line.end(with: .failed(ServerFailure(socket: error, phase: phase)))
  }
}
