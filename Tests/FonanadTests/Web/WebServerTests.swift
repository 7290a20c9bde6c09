import FonanaTestSupport
import NIOHTTP1
import Testing

@testable import fonanad

/// The server under the page, against whoever does not speak as a browser does.
@Suite(.timeLimit(.minutes(2))) struct WebServerTests {
  private func withServer(
    patience: Duration = .seconds(60), _ respond: @escaping WebConnection.Respond,
    _ body: (PageClient) async throws -> Void
  ) async throws {
    let server = try await WebServer(port: 0, patience: patience, respond: respond)
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(try await body(PageClient(port: server.port)))
    } catch {
      outcome = .failure(error)
    }
    await server.stop()
    try outcome.get()
  }

  private static let request = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"

  @Test(arguments: [
    "\r\n\r\n", "\u{0}\u{1}\u{2}\u{3}\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
    "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    request + "X: " + String(repeating: "x", count: 200_000) + "\r\n\r\n",
    request + String(repeating: "X: x\r\n", count: 20_000) + "\r\n",
    request + "Content-Length: 100000\r\n\r\n" + String(repeating: "x", count: 100_000),
    request + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    request + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
    request + "\r\n" + request + "\r\n" + request + "\r\n", request + "\r\nand more \u{0}",
    request + "Upgrade: websocket\r\nConnection: upgrade\r\n\r\n\u{81}\u{1}x",
  ])
  func whatNoBrowserSendsEndsItsOwnConnectionOnly(_ text: String) async throws {
    try await withServer(patience: .seconds(1), { _ in .text(.ok, "well") }) { client in
      let stream = try PageStream(port: client.port)
      stream.send(text)
      try await offPool { while try stream.read() {} }
      // Never a second answer.
      #expect(stream.text.matches(of: #/HTTP/1.1 /#).count <= 1)
      #expect(try await client.get("/").body == "well\n")
    }
  }

  @Test func aReaderWhoLeavesEndsItsStream() async throws {
    let (ends, end) = AsyncStream<Void>.makeStream()
    try await withServer({ _ in
      WebAnswer(
        .ok, type: "text/plain",
        .stream { writer in
          defer { end.finish() }
          while true { try await writer.write(Array("more\n".utf8)) }
        })
    }) { client in
      var stream: PageStream? = try client.open("GET", "/")
      #expect(try await stream?.reads("more") == true)
      stream = nil
      for await _ in ends {}
    }
  }

  @Test func thereIsAnEndToConnections() async throws {
    try await withServer({ _ in .text(.ok, "well") }) { client in
      let held = try (0..<40).map { _ in try PageStream(port: client.port) }
      try await withThrowingTaskGroup(of: String.self) { group in
        for stream in held {
          group.addTask {
            try await offPool {
              while try stream.read() {}
              return stream.text
            }
          }
        }
        // Whichever are beyond the limit are closed at once, the others wait for their request.
        for _ in 0..<8 { #expect(try await group.next() == "") }
        for stream in held { stream.send(Self.request + "\r\n") }
        var answers = 0
        for try await text in group where text.contains("well") { answers += 1 }
        #expect(answers == 32)
      }
    }
  }

  @Test func namesAreReadAsTheyStand() {
    func allows(_ host: String) -> Bool {
      let head = HTTPRequestHead(
        version: .http1_1, method: .GET, uri: "/", headers: ["Host": host])
      return WebGuard.refusal(of: WebRequest(head)) == nil
    }
    for host in ["127.0.0.1", "127.0.0.1:80", "localhost:4000", "[::1]", "[::1]:4000"] {
      #expect(allows(host), "\(host)")
    }
    for host in [
      "", ":", "127.0.0.1:x", "127.0.0.1.evil.example", "evil.example:127.0.0.1",
      "localhost.evil.example:80", "0.0.0.0", "127.0.0.2", "[::2]", "LOCALHOST@evil",
    ] {
      #expect(!allows(host), "\(host)")
    }
  }

  @Test func aKeyFitsItselfOnly() {
    let (key, other) = (AccessKey(), AccessKey())
    #expect(key.exposed.utf8.count == 64 && key.exposed != other.exposed)
    #expect(key.fits(key.exposed) && !key.fits(other.exposed) && !key.fits(nil) && !key.fits(""))
    #expect(!key.fits(String(key.exposed.dropLast())) && !key.fits(key.exposed + "0"))
    #expect(!"\(key)".contains(key.exposed) && !String(reflecting: key).contains(key.exposed))
  }
}
