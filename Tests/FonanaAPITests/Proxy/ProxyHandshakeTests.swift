import FonanaCore
import Testing

@testable import FonanaAPI

@Suite struct ProxyHandshakeTests {
  private func handshake(
    _ kind: APIConfiguration.Proxy.Kind, _ url: String = "wss://fonana.example/ws"
  ) throws -> ProxyHandshake {
    ProxyHandshake(
      kind, to: try ServerAddress(url, schemes: ("ws", "wss")), userAgent: "fonana/test")
  }

  /// Byte by byte, so that no step depends on how the answer was cut.
  private func steps(_ handshake: inout ProxyHandshake, _ bytes: [UInt8]) -> [ProxyHandshake.Step] {
    bytes.map { handshake.take([$0]) }.filter { $0 != .wait }
  }

  @Test func aTunnelIsAskedForByNameAndPort() throws {
    let text = String(decoding: try handshake(.http).opening, as: UTF8.self)
    #expect(text.hasPrefix("CONNECT fonana.example:443 HTTP/1.1\r\nHost: fonana.example:443\r\n"))
    #expect(!text.contains("token") && text.hasSuffix("\r\n\r\n"))
    let six = try handshake(.http, "ws://[::1]:81/ws").opening
    #expect(String(decoding: six, as: UTF8.self).hasPrefix("CONNECT [::1]:81 HTTP/1.1\r\n"))
  }

  @Test func whatComesBehindTheAnswerIsTheTargets() throws {
    var whole = try handshake(.http)
    let answer = Array("HTTP/1.1 200 OK\r\nX: y\r\n\r\nrest".utf8)
    #expect(
      whole.take(answer) == .through(rest: Array("rest".utf8), words: "says “HTTP/1.1 200 OK”"))
    var slow = try handshake(.http)
    #expect(
      steps(&slow, Array(answer.dropLast(4)))
        == [.through(rest: [], words: "says “HTTP/1.1 200 OK”")])
  }

  @Test func aNameIsResolvedByTheSocksProxy() throws {
    var socks = try handshake(.socks5)
    #expect(socks.opening == [5, 1, 0])
    let name = Array("fonana.example".utf8)
    #expect(
      steps(&socks, [5, 0]) == [.say([5, 1, 0, 3, UInt8(name.count)] + name + [0x01, 0xbb])])
    #expect(
      steps(&socks, [5, 0, 0, 1, 127, 0, 0, 1, 0, 80])
        == [.through(rest: [], words: "lets us through")])
  }

  @Test(arguments: [
    [UInt8(1), 0, 0, 0, 0], [4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [3, 2, 65, 66],
  ])
  func theAddressOfASocksAnswerMayBeOfAnyKind(_ address: [UInt8]) throws {
    var socks = try handshake(.socks5)
    _ = socks.take([5, 0])
    let padded = address[0] == 1 ? Array(address.prefix(5)) : address
    let answer = [5, 0, 0] + padded + [0, 80, 9, 9]
    #expect(socks.take(answer) == .through(rest: [9, 9], words: "lets us through"))
  }

  @Test(arguments: [
    ([UInt8(5), 0xff], "proxy-auth"), ([4, 0], "proxy"), ([5, 0, 5, 5, 0, 1, 0], "proxy"),
    ([5, 0, 5, 0, 0, 9, 0], "proxy"),
  ])
  func aSocksProxyThatRefusesIsNamed(_ answer: [UInt8], _ reason: String) throws {
    var socks = try handshake(.socks5)
    let last = steps(&socks, answer).last
    guard case .refused(let failure)? = last else {
      Issue.record("\(String(describing: last))")
      return
    }
    #expect(failure.reason == reason && failure.phase == .nothingWritten)
  }

  @Test func aProxyThatTalksWithoutEndIsLeft() throws {
    var http = try handshake(.http)
    let head = Array("HTTP/1.1 200 OK\r\n".utf8)
    guard case .refused = http.take(head + [UInt8](repeating: 65, count: 20_000)) else {
      Issue.record("it was listened to")
      return
    }
    #expect(http.take([13, 10, 13, 10]) == .wait, "it has been refused")
  }
}
