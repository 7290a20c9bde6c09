import ControlProtocol
import FonanaTestSupport
import Glibc
import Testing

@testable import fonanad

/// A browser without a window: bytes over TCP, one request a connection.
struct PageClient: Sendable {
  struct Reply: Sendable {
    let status: Int
    /// Names in lower case.
    let headers: [String: String]
    let body: String
  }

  let port: Int
  /// What is sent with every request, besides the method's line.
  var headers: [String: String]
  /// Where the page is; empty before it was entered.
  var folder = ""

  init(port: Int) {
    self.port = port
    headers = ["Host": "127.0.0.1:\(port)"]
  }

  /// Opens the page as a browser does: by its address, then with the cookie.
  static func entering(_ address: DashboardAddress) async throws -> PageClient {
    var client = PageClient(port: address.port)
    let (_, query) = try #require(
      address.url.firstRange(of: "/?").map { range in
        (range, address.url[range.lowerBound...])
      })
    let reply = try await client.get(String(query))
    #expect(reply.status == 303)
    let cookie = try #require(reply.headers["set-cookie"])
    client.folder = try #require(reply.headers["location"])
    client.headers["Cookie"] = cookie.split(separator: ";").first.map(String.init)
    client.headers["Origin"] = "http://127.0.0.1:\(address.port)"
    return client
  }

  func get(_ path: String, _ changes: [String: String?] = [:]) async throws -> Reply {
    try await send("GET", path, changes)
  }

  func post(_ path: String, _ changes: [String: String?] = [:]) async throws -> Reply {
    try await send("POST", path, changes)
  }

  func send(_ method: String, _ path: String, _ changes: [String: String?] = [:]) async throws
    -> Reply
  {
    let stream = try open(method, path, changes)
    return try await offPool {
      while try stream.read() {}
      return try stream.reply()
    }
  }

  /// Sends, and leaves the answer to be read.
  func open(_ method: String, _ path: String, _ changes: [String: String?] = [:]) throws
    -> PageStream
  {
    var fields = headers
    for (name, value) in changes { fields[name] = value }
    let lines = ["\(method) \(path) HTTP/1.1"] + fields.map { "\($0.key): \($0.value)" }
    let stream = try PageStream(port: port)
    stream.send(lines.joined(separator: "\r\n") + "\r\n\r\n")
    return stream
  }
}

/// An answer as it comes.
final class PageStream: Sendable {
  private let descriptor: OwnedDescriptor
  private let bytes = Monitor<[UInt8]>([])

  init(port: Int) throws {
    descriptor = OwnedDescriptor(owning: try LoopbackSocket.connected(to: port))
  }

  func send(_ text: String) { _ = LoopbackSocket.write(text.utf8, to: descriptor.number) }

  /// Waits for more; false at the end.
  func read() throws -> Bool {
    guard let more = LoopbackSocket.read(from: descriptor.number) else { return false }
    bytes.change { $0 += more }
    return true
  }

  /// Reads until `part` is there; false when the answer ends before.
  func reads(_ part: String) async throws -> Bool {
    try await offPool { [self] in
      while !text.contains(part) { guard try read() else { return false } }
      try StrayToken.search(page: text)
      return true
    }
  }

  /// As a browser does whose page was closed. Nothing is to be read afterwards.
  func close() { _ = shutdown(descriptor.number, CInt(SHUT_RDWR)) }

  /// All that has come, the head and the marks of the pieces too.
  var text: String { bytes.read { String(decoding: $0, as: UTF8.self) } }

  func reply() throws -> PageClient.Reply {
    let text = text
    try StrayToken.search(page: text)
    let end = try #require(text.firstRange(of: "\r\n\r\n"))
    let head = text[..<end.lowerBound].split(separator: "\r\n")
    let fields = head.dropFirst().map { $0.split(separator: ":", maxSplits: 1) }
    let headers = Dictionary(
      fields.map { ($0[0].lowercased(), String($0.last?.drop { $0 == " " } ?? "")) }
    ) { $1 }
    let status = head.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    let isInPieces = headers["transfer-encoding"] == "chunked"
    return PageClient.Reply(
      status: try #require(status), headers: headers,
      body: Self.body(text[end.upperBound...], isInPieces))
  }

  /// Our pieces are lines, so their marks stand alone on lines of their own.
  private static func body(_ text: Substring, _ isInPieces: Bool) -> String {
    guard isInPieces else { return String(text) }
    var (rest, body) = (text.utf8, "")
    while let end = rest.firstIndex(of: UInt8(ascii: "\r")),
      let count = Int(Substring(rest[..<end]), radix: 16), count > 0
    {
      let piece = rest[end...].dropFirst(2)
      body += String(Substring(piece.prefix(count)))
      rest = piece.dropFirst(count + 2)
    }
    return body
  }
}
