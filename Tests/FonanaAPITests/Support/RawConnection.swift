import FonanaTestSupport
import Glibc

/// The server's end of one connection.
struct RawConnection: Sendable {
  private let descriptor: Int32
  private let seen: Monitor<RawServer.Seen>

  init(_ descriptor: Int32, seen: Monitor<RawServer.Seen>) {
    self.descriptor = descriptor
    self.seen = seen
  }

  /// Reads up to the empty line after an HTTP head; what it read, also at the end of the stream.
  @discardableResult
  func readHead() -> String {
    var bytes: [UInt8] = []
    while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8), let byte = read(1)?.first {
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// nil at the end of the stream.
  func read(_ count: Int) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: count)
    let got = recv(descriptor, &buffer, count, 0)
    guard got > 0 else { return nil }
    let bytes = Array(buffer.prefix(got))
    seen.change { $0.bytes += bytes }
    return bytes
  }

  func readExactly(_ count: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < count {
      guard let more = read(count - bytes.count) else { return nil }
      bytes += more
    }
    return bytes
  }

  /// Until the peer closes.
  func readToEnd() { while read(4096) != nil {} }

  func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard sent > 0 else { return }
      rest = rest.dropFirst(sent)
    }
  }

  func write(_ text: String) { write(Array(text.utf8)) }

  /// Whether the peer has gone.
  var isClosed: Bool {
    var byte: UInt8 = 0
    let got = recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
    return got == 0 || (got < 0 && errno != EAGAIN)
  }

  func close() { Glibc.close(descriptor) }

  /// Nothing more is written.
  func end() { shutdown(descriptor, Int32(SHUT_WR)) }

  // MARK: HTTP

  /// Answers one request.
  func answer(
    _ status: String, _ body: String, type: String = "application/json", headers: [String] = [],
    length: Int? = nil
  ) {
    readHead()
    let lines =
      [
        "HTTP/1.1 \(status)", "Content-Type: \(type)",
        "Content-Length: \(length ?? body.utf8.count)",
      ]
      + headers
    write(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
  }

  // MARK: WebSocket

  /// Completes the upgrade; `first` goes into the same segment, and so does the end of the stream
  /// when it `isLast`.
  func upgrade(with first: [UInt8] = [], isLast: Bool = false) {
    let head = readHead()
    let key =
      head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("sec-websocket-key:") }?
      .split(separator: " ").last.map(String.init) ?? ""
    let lines = [
      "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
      "Sec-WebSocket-Accept: \(WebSocketAccept.value(for: key))",
    ]
    if isLast { hold() }
    write(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + first)
    if isLast { shutdown(descriptor, Int32(SHUT_WR)) }
  }

  /// What is written from now on leaves together with the end of the stream.
  private func hold() {
    var on: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_CORK, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  /// An unmasked frame, as servers send them.
  static func frame(
    _ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true, reserved: UInt8 = 0
  ) -> [UInt8] {
    var head = [(isFinal ? 0x80 : 0) | reserved | opcode]
    switch payload.count {
    case ..<126: head.append(UInt8(payload.count))
    case ..<65_536: head += [126, UInt8(payload.count >> 8), UInt8(payload.count & 0xff)]
    default: head += [127] + (0..<8).reversed().map { UInt8(payload.count >> ($0 * 8) & 0xff) }
    }
    return head + payload
  }

  static func text(_ text: String) -> [UInt8] { frame(1, Array(text.utf8)) }

  /// The next frame of the client: opcode and unmasked payload (under 126 bytes).
  func readFrame() -> (opcode: UInt8, payload: [UInt8])? {
    guard let head = readExactly(2), head[1] & 0x80 != 0, let mask = readExactly(4) else {
      return nil
    }
    let count = Int(head[1] & 0x7f)
    guard count < 126, let data = count == 0 ? [] : readExactly(count) else { return nil }
    return (head[0] & 0x0f, data.enumerated().map { $1 ^ mask[$0 % 4] })
  }
}
