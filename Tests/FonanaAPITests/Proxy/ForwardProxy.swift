import FonanaTestSupport
import Glibc

@testable import FonanaAPI

extension RawServer {
  /// Lets CONNECT through to loopback, and hands plain requests on.
  static func httpProxy() throws -> RawServer {
    try RawServer { client in
      let head = client.readHead()
      let words = head.split(separator: " ", maxSplits: 2).map(String.init)
      guard words.count == 3 else { return }
      if words[0] == "CONNECT" {
        forward(
          client, to: words[1], after: "HTTP/1.1 200 Connection established\r\n\r\n", first: "")
      } else {
        let place = words[1].dropFirst("http://".count)
        let path = place.drop { $0 != "/" }
        forward(
          client, to: String(place.prefix { $0 != "/" }), after: "",
          first: "\(words[0]) \(path) \(words[2])")
      }
    }
  }

  /// SOCKS 5 without a password.
  static func socksProxy() throws -> RawServer {
    try RawServer { client in
      guard client.readExactly(3) == [5, 1, 0] else { return }
      client.write([5, 0])
      guard let head = client.readExactly(4), head.starts(with: [5, 1, 0]) else { return }
      let length = head[3] == 1 ? 4 : head[3] == 3 ? Int(client.readExactly(1)?.first ?? 0) : 16
      guard client.readExactly(length) != nil, let port = client.readExactly(2) else { return }
      client.write([5, 0, 0, 1, 127, 0, 0, 1, 0, 0])
      forward(client, to: "127.0.0.1:\(Int(port[0]) << 8 | Int(port[1]))", after: "", first: "")
    }
  }

  private static func forward(
    _ client: RawConnection, to place: String, after word: String, first: String
  ) {
    guard let port = place.split(separator: ":").last.flatMap({ Int($0) }),
      let server = try? LoopbackSocket.connected(to: port)
    else { return client.write("HTTP/1.1 502 Bad Gateway\r\n\r\n") }
    client.write(word)
    _ = LoopbackSocket.write(first.utf8, to: server)
    onThread {
      while let bytes = LoopbackSocket.read(from: server) { client.write(bytes) }
      client.end()
      close(server)
    }
    while let bytes = client.read(4096) {
      guard LoopbackSocket.write(bytes, to: server) else { break }
    }
    shutdown(server, Int32(SHUT_RDWR))
  }
}

extension APIConfiguration.Proxy.Kind {
  func proxy() throws -> RawServer { try self == .http ? .httpProxy() : .socksProxy() }
}
