import FonanaServer

/// Plays the client's side of a recording against a live server. The exchanges build on each other:
/// the world begins empty and three wallets meet in one conversation.
struct TranscriptReplay {
  private let server: ReferenceServer
  private let http: RawHTTP
  private var likeness = Likeness()

  private static let wallets = [
    "DUxkXhMWuo76ofUMtFRZtL8zmVqQnb8twLeB5NcaM4cG",
    "npzAZaN9fDMgLV63b3kv3FF8cLSd8dQSLxyMXASA5T4",
    "So11111111111111111111111111111111111111112",
  ]

  /// The recordings hide the tokens; these names belong to the second wallet, those that tell of a
  /// non-participant to the third, all others to the first.
  private static let secondCaller = [
    "conversation: create again", "conversations: recipient", "notifications: recipient",
    "read: newest first", "read: older page", "read: unknown before",
    "conversations: after reading", "notifications: mark all", "notifications: after",
  ]

  init(_ server: ReferenceServer) {
    self.server = server
    http = RawHTTP(port: server.httpPort)
  }

  /// What differs from the recording.
  mutating func replay(_ exchange: Transcript.HTTPExchange) async throws -> [String] {
    let answer = try await http.request(
      exchange.method, likeness.translated(exchange.path),
      headers: exchange.headers.mapValues { filled($0, caller: Self.caller(exchange.name)) },
      body: body(of: exchange))
    guard let answer else { return ["no answer"] }
    var differences: [String] = []
    if answer.status != exchange.status {
      differences.append("status \(answer.status) instead of \(exchange.status)")
    }
    let family = answer.headers["content-type"]?.split(separator: ";").first.map(String.init)
    if family != exchange.contentType {
      differences.append("type \(family ?? "none") instead of \(exchange.contentType)")
    }
    guard exchange.contentType == "application/json" else { return differences }
    guard let json = answer.json else { return differences + ["not JSON: \(answer.text)"] }
    return differences + likeness.differences(exchange.body, json)
  }

  mutating func replay(_ session: Transcript.SocketSession) async throws -> [String] {
    let socket = try await RawWebSocket.open(
      port: server.webSocketPort, filled(session.target, caller: 0),
      headers: session.headers.mapValues { filled($0, caller: 0) })
    guard socket.status == session.upgrade else { return ["status \(socket.status ?? 0)"] }
    var differences: [String] = []
    for event in session.events {
      if let frame = event["client"] {
        socket.send(likeness.translated(frame.stringValue ?? frame.text))
      } else if let frame = event["server"] {
        let ours = try await socket.nextJSON()
        differences += likeness.differences(frame, ours ?? .null)
      }
    }
    return try await differences + ending(of: socket, session)
  }

  /// A session without a close stays open: it still answers.
  private func ending(
    of socket: RawWebSocket, _ session: Transcript.SocketSession
  ) async throws -> [String] {
    guard let close = session.close else {
      socket.send(["type": "ping"])
      let pong = try await socket.nextJSON()
      return pong == ["type": "pong"] ? [] : ["not open at its end"]
    }
    let expected = RawWebSocket.Frame.close(
      code: UInt16(close["code"]?.intValue ?? 0), reason: close["reason"]?.stringValue ?? "")
    let frame = try await socket.next()
    return frame == expected ? [] : ["\(frame) instead of \(expected)"]
  }

  private static func caller(_ name: String) -> Int {
    if name.contains("not a participant") { return 2 }
    return name == "send: paid" || secondCaller.contains { name.hasPrefix($0) } ? 1 : 0
  }

  private func filled(_ text: String, caller: Int) -> String {
    guard text.contains("<token>") else { return text }
    let user = server.world.user(wallet: Self.wallets[caller])
    let token = user.flatMap { server.world.issueToken(for: $0.id) } ?? "none"
    return text.replacing("<token>", with: token)
  }

  /// Bodies that the recording can't hold are made up: half a JSON text, and two forms.
  private func body(of exchange: Transcript.HTTPExchange) -> [UInt8]? {
    guard exchange.requestBody == .null else {
      return Array(likeness.translated(exchange.requestBody.text).utf8)
    }
    switch exchange.name {
    case "send: malformed JSON body": return Array(#"{"content":"#.utf8)
    case "upload: png for a message": return Self.form(fileName: "dot.png", type: "image/png")
    case "upload: wrong type": return Self.form(fileName: "note.txt", type: "text/plain")
    default: return nil
    }
  }

  private static func form(fileName: String, type: String) -> [UInt8] {
    let lines = [
      "--XX", "Content-Disposition: form-data; name=\"file\"; filename=\"\(fileName)\"",
      "Content-Type: \(type)", "", "bytes of a file", "--XX",
      "Content-Disposition: form-data; name=\"type\"", "", "message", "--XX--", "",
    ]
    return Array(lines.joined(separator: "\r\n").utf8)
  }
}
