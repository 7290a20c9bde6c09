import FonanaAPI
import FonanaCore
import FonanaTestSupport
import Testing

@testable import fonanad

@Suite struct ProxyAddressTests {
  @Test(arguments: [
    ("http://proxy.example:8080", APIConfiguration.Proxy.Kind.http, "proxy.example", 8080),
    ("proxy.example", .http, "proxy.example", 3128), ("HTTP://p", .http, "p", 3128),
    ("socks5://p", .socks5, "p", 1080), ("socks5h://[::1]:9", .socks5, "::1", 9),
  ])
  func anAddressOfAProxyIsRead(
    _ text: String, _ kind: APIConfiguration.Proxy.Kind, _ host: String, _ port: Int
  ) throws {
    #expect(try ProxyAddress.parse(text) == APIConfiguration.Proxy(kind, host: host, port: port))
  }

  @Test(arguments: ["https://p:1", "socks4://p", "http://", "ftp://p"])
  func whatIsNoProxyIsRefused(_ text: String) {
    let error = #expect(throws: FonanaError.self) { try ProxyAddress.parse(text) }
    #expect(error?.code == .badConfiguration && error?.hint?.contains("socks5://") == true)
  }

  /// It stands in logs and in reports.
  @Test func whatIsRefusedShowsNoPassword() {
    for text in ["https://user:hunter2@p:1", "user:hun:ter2@p:x?hunter2", "ftp://h@unter2@p"] {
      let error = #expect(throws: FonanaError.self) { try ProxyAddress.parse(text) }
      #expect(error?.message.contains("unter2") == false && error?.message.contains("p") == true)
    }
  }

  /// The proxies of HTTP and of the WebSocket.
  private func proxies(
    _ environment: [String: String], _ configuration: String = ""
  ) throws -> [String?] {
    let home = try TemporaryHome()
    defer { try? home.remove() }
    try home.write(configuration, to: "config.toml")
    let launch = try DaemonLaunch(
      options: LaunchOptions(),
      environment: environment.merging(["FONANA_HOME": home.path]) { $1 })
    return [launch.api.proxy?.address, launch.api.socketProxy?.address]
  }

  @Test func bothWaysGoThroughTheSameProxy() throws {
    let server = ["FONANA_SERVER": "https://fonana.example"]
    func with(_ more: [String: String], _ configuration: String = "") throws -> [String?] {
      try proxies(server.merging(more) { $1 }, configuration)
    }
    #expect(try with([:]) == [nil, nil])
    let http = "http://a:1"
    #expect(try with(["HTTPS_PROXY": http]) == [http, http])
    #expect(try with(["https_proxy": http]) == [http, http])
    #expect(try with(["ALL_PROXY": "socks5://b:2"]) == ["socks5://b:2", "socks5://b:2"])
    #expect(try with(["HTTPS_PROXY": http, "ALL_PROXY": "socks5://b:2"]) == [http, http])
    #expect(
      try with(["HTTPS_PROXY": http], "proxy = \"socks5://c:3\"\n")
        == ["socks5://c:3", "socks5://c:3"], "the file comes first")
  }

  @Test func whoIsExemptIsAskedForEachHost() throws {
    let environment = [
      "FONANA_SERVER": "https://fonana.example", "FONANA_WEBSOCKET": "wss://push.example/ws",
      "HTTPS_PROXY": "http://a:1",
    ]
    func without(_ list: String) throws -> [String?] {
      try proxies(environment.merging(["NO_PROXY": list]) { $1 })
    }
    #expect(try without("other.example") == ["http://a:1", "http://a:1"])
    #expect(try without("fonana.example") == [nil, "http://a:1"])
    #expect(try without("x, .PUSH.example") == ["http://a:1", nil])
    #expect(try without("example") == [nil, nil])
    #expect(try without("*") == [nil, nil])
    #expect(
      try proxies(["FONANA_SERVER": "http://127.0.0.1:3000", "ALL_PROXY": "a:1"]) == [nil, nil])
  }
}
