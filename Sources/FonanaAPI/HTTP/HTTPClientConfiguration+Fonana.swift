import AsyncHTTPClient
import NIOCore
import NIOHTTPCompression

extension HTTPClient.Configuration {
  /// No redirects, no repeated connection attempts, limits on time and on decompression.
  static func fonana(_ configuration: APIConfiguration) -> HTTPClient.Configuration {
    let limits = configuration.limits
    var result = HTTPClient.Configuration(
      tlsConfiguration: configuration.roots.clientConfiguration(),
      redirectConfiguration: configuration.followsRedirects
        ? .follow(max: 5, allowCycles: false) : .disallow,
      timeout: Timeout(
        connect: TimeAmount(limits.connect), read: TimeAmount(limits.idle),
        write: TimeAmount(limits.idle)),
      proxy: configuration.proxy.map(HTTPClient.Configuration.Proxy.init),
      // By size: texts that repeat themselves are honest far beyond the library's 25 to 1, and what
      // ticks must not have to be asked for twice.
      decompression: .enabled(limit: .size(APIClient.inflatedLimit)))
    result.connectionPool.retryConnectionEstablishment = false
    return result
  }

  /// For message POSTs: a fresh HTTP/1.1 connection for each.
  static func fonanaSending(_ configuration: APIConfiguration) -> HTTPClient.Configuration {
    var result = fonana(configuration)
    result.httpVersion = .http1Only
    result.maximumUsesPerConnection = 1
    // Its answers are asked for uncompressed: what comes compressed all the same is not honest.
    result.decompression = .enabled(limit: .ratio(25))
    return result
  }
}

extension HTTPClient.Configuration.Proxy {
  fileprivate init(_ proxy: APIConfiguration.Proxy) {
    switch proxy.kind {
    case .http: self = .server(host: proxy.host, port: proxy.port)
    case .socks5: self = .socksServer(host: proxy.host, port: proxy.port)
    }
  }
}
