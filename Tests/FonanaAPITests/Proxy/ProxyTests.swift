import FonanaCore
import FonanaServer
import FonanaTestSupport
import Testing

@testable import FonanaAPI

/// HTTP and WebSocket go through a proxy alike, and what it refuses is named.
@Suite(.timeLimit(.minutes(2))) struct ProxyTests {
  static let kinds: [APIConfiguration.Proxy.Kind] = [.http, .socks5]

  @Test(arguments: kinds)
  func theWebSocketGoesThroughTheProxy(_ kind: APIConfiguration.Proxy.Kind) async throws {
    let proxy = try kind.proxy()
    let server = try RawServer { connection in
      connection.upgrade(
        with: RawConnection.text(#"{"type":"pong"}"#) + RawConnection.frame(9, [1]))
      _ = connection.readFrame()
    }
    let signals = try await withSocket(
      "ws://127.0.0.1:\(server.port)/ws", proxy: .init(kind, host: "127.0.0.1", port: proxy.port))
    #expect(signals == [.opened, .frame(.pong), .alive, .closed(code: nil, reason: "")])
    #expect(proxy.seen.read { $0.connections } == 1 && server.seen.read { $0.connections } == 1)
    #expect(server.seen.read { $0.text }.hasPrefix("GET /ws?token=T HTTP/1.1\r\n"))
    withExtendedLifetime(proxy) {}
  }

  @Test(arguments: kinds)
  func requestsGoThroughTheProxy(_ kind: APIConfiguration.Proxy.Kind) async throws {
    let proxy = try kind.proxy()
    let server = try RawServer { $0.answer("200 OK", #"{"version":"7"}"#) }
    try await withClient(
      "http://127.0.0.1:\(server.port)", proxy: .init(kind, host: "127.0.0.1", port: proxy.port)
    ) { client in
      guard case .version("7")? = await client.call(.serverVersion).reply else {
        Issue.record("no version")
        return
      }
    }
    #expect(proxy.seen.read { $0.connections } == 1)
    withExtendedLifetime(server) {}
  }

  @Test(arguments: [
    ("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "proxy-auth", "407"),
    ("HTTP/1.1 403 Forbidden\r\n\r\n", "proxy", "403 Forbidden"),
    ("SSH-2.0-OpenSSH_9.2\r\n", "proxy", "SSH-2.0"), ("", "proxy", "hung up"),
    ("\u{5}\u{0}", "proxy", "the proxy"),
  ])
  func whatTheProxyRefusesIsNamed(_ answer: String, _ reason: String, _ words: String) async throws
  {
    let proxy = try RawServer {
      $0.readHead()
      $0.write(answer)
    }
    let signals = try await withSocket(
      "ws://127.0.0.1:1/ws", proxy: .init(host: "127.0.0.1", port: proxy.port))
    #expect(signals.count == 1 && signals.failure?.kind == .noConnection)
    #expect(signals.failure?.reason == reason)
    #expect(signals.failure?.detail.contains(words) == true, "\(signals)")
  }

  @Test func aProxyThatSaysNothingEndsByTheLimit() async throws {
    let proxy = try RawServer { $0.readToEnd() }
    var limits = APIConfiguration.Limits()
    limits.upgrade = .milliseconds(300)
    let signals = try await withSocket(
      "ws://127.0.0.1:1/ws", limits: limits, proxy: .init(host: "127.0.0.1", port: proxy.port))
    #expect(signals.count == 1 && signals.failure?.kind == .timeout)
    withExtendedLifetime(proxy) {}
  }
}
