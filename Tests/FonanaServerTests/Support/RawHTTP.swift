import FonanaServer

/// An answer byte by byte, as far as it came.
struct RawAnswer: Sendable {
  var status = 0
  var headers: [String: String] = [:]
  var body: [UInt8] = []
  /// Whether the body has the announced length.
  var isComplete = false

  var json: WireJSON? { WireJSON(parsing: body) }

  var text: String { String(decoding: body, as: UTF8.self) }

  /// Reads the head and what there is of the body; nil without a whole head.
  init?(_ bytes: [UInt8]) {
    let mark: [UInt8] = [13, 10, 13, 10]
    let starts = bytes.indices.filter { bytes[$0...].starts(with: mark) }
    guard let end = starts.first else { return nil }
    let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
    status = lines.first.flatMap { Int($0.split(separator: " ")[1]) } ?? 0
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = String(line[line.index(colon, offsetBy: 2)...])
    }
    body = Array(bytes[(end + 4)...])
    isComplete = headers["content-length"].flatMap { Int($0) } == body.count
  }
}

/// A client for one request on one connection.
struct RawHTTP: Sendable {
  let port: Int

  /// nil when the connection was closed before a whole head came.
  func request(
    _ method: String, _ target: String, headers: [String: String] = [:], body: [UInt8]? = nil
  ) async throws -> RawAnswer? {
    let bytes = Self.bytes(method, target, headers: headers, body: body)
    let port = port
    return try await offPool {
      let connection = try RawConnection(port: port)
      connection.send(bytes)
      var received: [UInt8] = []
      while true {
        let more = try connection.receive()
        received += more
        if more.isEmpty { return RawAnswer(received) }
        if let answer = RawAnswer(received), answer.isComplete { return answer }
      }
    }
  }

  func json(
    _ method: String, _ target: String, token: String? = nil, wallet: String? = nil,
    _ body: WireJSON? = nil
  ) async throws -> RawAnswer? {
    var headers: [String: String] = [:]
    headers["authorization"] = token.map { "Bearer \($0)" }
    headers["x-user-wallet"] = wallet
    headers["content-type"] = body.map { _ in "application/json" }
    return try await request(method, target, headers: headers, body: body?.bytes)
  }

  static func bytes(
    _ method: String, _ target: String, headers: [String: String], body: [UInt8]?
  ) -> [UInt8] {
    var lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1"]
    lines += headers.map { "\($0.key): \($0.value)" }
    if let body { lines.append("Content-Length: \(body.count)") }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? [])
  }
}
