package import FonanaCore
import FoundationEssentials

/// Where the server is and how it is spoken to.
package struct APIConfiguration: Sendable {
  /// How the token goes to the WebSocket.
  package enum SocketToken: String, Sendable, CaseIterable {
    /// In the header and in the query, since either can be lost on the way.
    case both
    /// Keeps it out of access logs.
    case header
    /// Only to find out whether it gets through.
    case query
  }

  package struct Proxy: Hashable, Sendable {
    package enum Kind: String, Sendable { case http, socks5 }

    package var kind: Kind
    package var host: String
    package var port: Int

    package init(_ kind: Kind = .http, host: String, port: Int) {
      self.kind = kind
      self.host = host
      self.port = port
    }

    /// For a person.
    package var address: String { "\(kind.rawValue)://\(host):\(port)" }
  }

  /// Time limits; the WebSocket ones too.
  package struct Limits: Sendable {
    package var connect = Duration.seconds(10)
    /// Without a byte of progress.
    package var idle = Duration.seconds(30)
    /// The whole of a message POST.
    package var post = Duration.seconds(30)
    package var upgrade = Duration.seconds(10)
    /// Until the peer has taken what was written to the WebSocket.
    package var write = Duration.seconds(10)
    /// Until the peer has closed after a close frame.
    package var close = Duration.seconds(2)

    package init() {}

    /// All limits divided by `factor`, but none below half a second: the machine itself does not
    /// get faster.
    package func scaled(by factor: Int) -> Limits {
      var limits = self
      for path in [\Limits.connect, \.idle, \.post, \.upgrade, \.write, \.close] {
        limits[keyPath: path] = max(limits[keyPath: path] / factor, .milliseconds(500))
      }
      return limits
    }
  }

  package let server: ServerAddress
  package let socket: ServerAddress
  package var socketToken: SocketToken
  /// Where images wait to be uploaded.
  package var outboxFolder: String
  package var proxy: Proxy?
  /// For the WebSocket, whose host may be another one.
  package var socketProxy: Proxy?
  package var limits = Limits()
  /// Only for tests, which have to see that it is wrong.
  package var followsRedirects = false
  /// Of this program, for `User-Agent`.
  package var version: String
  let roots: TrustRoots

  /// Checks the addresses and reads the certificates. `https` and `wss` are required but for
  /// loopback.
  ///
  /// - Parameters:
  ///   - webSocketURL: nil: the server's host with path `/ws`.
  ///   - caFile: further trusted roots; those of `SSL_CERT_FILE` count too.
  package init(
    server: String, webSocketURL: String? = nil, socketToken: SocketToken = .both,
    caFile: String? = nil, proxy: Proxy? = nil, outboxFolder: String, version: String,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(FonanaError) {
    self.server = try ServerAddress(server, schemes: ("http", "https"))
    if let webSocketURL {
      socket = try ServerAddress(webSocketURL, schemes: ("ws", "wss"))
    } else {
      socket = ServerAddress(
        isSecure: self.server.isSecure, host: self.server.host, port: self.server.port, path: "/ws")
    }
    self.socketToken = socketToken
    self.outboxFolder = outboxFolder
    self.proxy = proxy
    socketProxy = proxy
    self.version = version
    let files = [caFile, environment["SSL_CERT_FILE"]].compactMap { $0 }.filter { !$0.isEmpty }
    roots = try TrustRoots(files: files)
  }

  /// Scheme, host and port, as the store is pinned to it.
  package var origin: String { "\(server.isSecure ? "https" : "http")://\(server.authority)" }

  var userAgent: String { "fonana/\(version)" }
}
