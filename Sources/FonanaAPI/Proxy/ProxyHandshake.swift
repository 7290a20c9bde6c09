import FonanaCore

/// What is said to a proxy until bytes go through to the target: bytes in, bytes or a verdict out.
struct ProxyHandshake {
  enum Step: Equatable {
    case wait
    case say([UInt8])
    /// What came beyond the proxy's last word, and is the target's, and what the proxy said.
    case through(rest: [UInt8], words: String)
    case refused(ServerFailure)
  }

  private enum State {
    /// An answer to CONNECT is awaited. → over
    case connecting
    /// The choice of a method is awaited. → requesting, over
    case greeting
    /// The answer to the request is awaited. → over
    case requesting
    case over
  }

  /// Of an answer to CONNECT.
  private static let headLimit = 16 << 10

  let kind: APIConfiguration.Proxy.Kind
  let target: ServerAddress
  let userAgent: String
  private var state: State
  private var bytes: [UInt8] = []

  init(_ kind: APIConfiguration.Proxy.Kind, to target: ServerAddress, userAgent: String) {
    self.kind = kind
    self.target = target
    self.userAgent = userAgent
    state = kind == .http ? .connecting : .greeting
  }

  /// What is said first.
  var opening: [UInt8] {
    switch kind {
    case .http:
      let name = target.host.contains(":") ? "[\(target.host)]" : target.host
      let place = "\(name):\(target.port)"
      return Array(
        "CONNECT \(place) HTTP/1.1\r\nHost: \(place)\r\nUser-Agent: \(userAgent)\r\n\r\n".utf8)
    case .socks5: return [5, 1, 0]  // version 5, one method: none is asked of us
    }
  }

  mutating func take(_ new: some Sequence<UInt8>) -> Step {
    bytes += new
    switch state {
    case .connecting: return readHead()
    case .greeting: return readMethod()
    case .requesting: return readReply()
    case .over: return .wait  // of a refusal: nobody reads it
    }
  }

  /// The proxy has closed.
  mutating func end() -> Step { refuse(.proxy, "the proxy \(bytes.isEmpty ? "hung up" : words)") }

  // MARK: CONNECT

  private mutating func readHead() -> Step {
    let line = bytes.prefix { $0 != 13 && $0 != 10 }
    guard line.count < bytes.count else {
      return bytes.count < Self.headLimit ? .wait : refuse(.proxy, "the proxy talks without end")
    }
    guard String(decoding: line, as: UTF8.self).hasPrefix("HTTP/") else {
      return refuse(.proxy, "the proxy \(words)")
    }
    let status = line.split(separator: 32).dropFirst().first.map {
      String(decoding: $0, as: UTF8.self)
    }
    if status == "407" {
      return refuse(.proxyAuthentication, "the proxy wants a name and a password: it \(words)")
    }
    guard let status, status.count == 3, status.hasPrefix("2") else {
      return refuse(.proxy, "the proxy refused: it \(words)")
    }
    guard let end = bytes.firstRange(of: [13, 10, 13, 10]) else {
      return bytes.count < Self.headLimit ? .wait : refuse(.proxy, "the proxy talks without end")
    }
    return pass(rest: bytes[end.upperBound...])
  }

  /// The first line.
  private var words: String {
    let line = bytes.prefix(120).prefix { $0 != 13 && $0 != 10 }
    return "says “\(DisplayText.line(String(decoding: line, as: UTF8.self), limit: 120))”"
  }

  // MARK: SOCKS 5 (RFC 1928)

  private mutating func readMethod() -> Step {
    guard bytes.count >= 2 else { return .wait }
    guard bytes[0] == 5 else { return refuse(.proxy, "it is no SOCKS 5 proxy") }
    guard bytes[1] == 0 else {
      return refuse(.proxyAuthentication, "the proxy wants a name and a password")
    }
    bytes.removeFirst(2)
    state = .requesting
    let name = Array(target.host.utf8.prefix(255))
    let port = UInt16(truncatingIfNeeded: target.port)
    // CONNECT to a name, which the proxy looks up.
    return .say(
      [5, 1, 0, 3, UInt8(name.count)] + name + [UInt8(port >> 8), UInt8(truncatingIfNeeded: port)])
  }

  private mutating func readReply() -> Step {
    guard bytes.count >= 5 else { return .wait }
    guard bytes[0] == 5, bytes[1] == 0 else {
      return refuse(.proxy, "the proxy refused: \(Self.reason(bytes[1]))")
    }
    let lengths: [UInt8: Int] = [1: 4, 4: 16, 3: 1 + Int(bytes[4])]
    guard let length = lengths[bytes[3]] else { return refuse(.proxy, "it is no SOCKS 5 proxy") }
    let end = 4 + length + 2
    return bytes.count < end ? .wait : pass(rest: bytes[end...])
  }

  private static func reason(_ code: UInt8) -> String {
    let reasons = [
      "a failure of its own", "its rules forbid it", "the network can't be reached",
      "the host can't be reached", "the connection was refused", "it took too long",
    ]
    return code > 0 && code <= reasons.count ? reasons[Int(code) - 1] : "code \(code)"
  }

  // MARK: The end

  private mutating func pass(rest: ArraySlice<UInt8>) -> Step {
    state = .over
    let words = kind == .http ? words : "lets us through"
    return .through(rest: Array(rest), words: words)
  }

  private mutating func refuse(_ cause: ServerFailure.Cause, _ detail: String) -> Step {
    guard case .over = state else {
      state = .over
      return .refused(
        ServerFailure(.noConnection, because: cause, phase: .nothingWritten, detail: detail))
    }
    return .wait
  }
}
