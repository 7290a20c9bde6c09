import FonanaTestSupport
import Glibc

/// A client's connection and its counterpart at the server, moved by one thread in blocking calls.
struct ProxiedConnection {
  private let client: Int32
  private var server: Int32?
  private let http: Int
  private let webSocket: Int
  private let peer: ProxyPeer
  private let rules: ProxyRules
  private let seen: Monitor<ProxyCounts>
  /// Of the request under way.
  private var fault: ProxyFault?
  private var requestBytes = 0
  private var answerBytes = 0
  private var isSilent = false

  init(
    client: Int32, http: Int, webSocket: Int, peer: ProxyPeer, rules: ProxyRules,
    seen: Monitor<ProxyCounts>
  ) {
    self.client = client
    self.http = http
    self.webSocket = webSocket
    self.peer = peer
    self.rules = rules
    self.seen = seen
  }

  /// How a connection ends.
  private struct Over: Error {
    var isReset = false
  }

  mutating func run() {
    do {
      while true { try step() }
    } catch {
      let isReset = (error as? Over)?.isReset == true
      for descriptor in [client, server].compactMap({ $0 }) {
        if isReset { LoopbackSocket.reset(descriptor) } else { close(descriptor) }
      }
    }
  }

  private mutating func step() throws {
    // A descriptor below 0 is passed over.
    var polled = [client, server ?? -1, peer.bell].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    guard poll(&polled, nfds_t(polled.count), -1) > 0 else { return }
    if polled[2].revents != 0 { try obey() }
    if polled[0].revents != 0 {
      guard let bytes = LoopbackSocket.read(from: client) else { throw Over() }
      try fromClient(bytes)
    }
    if polled[1].revents != 0 { try readServer() }
  }

  private mutating func obey() throws {
    for order in peer.takeOrders() {
      switch order {
      case .fallSilent: isSilent = true
      case .reset: throw Over(isReset: true)
      case .inject(let bytes): try write(bytes, to: client)
      }
    }
  }

  private mutating func readServer() throws {
    guard let server else { return }
    guard let bytes = LoopbackSocket.read(from: server) else {
      guard isSilent else { throw Over() }
      close(server)
      self.server = nil
      return
    }
    if !isSilent { try fromServer(bytes) }
  }

  // MARK: the way there

  private mutating func fromClient(_ bytes: [UInt8]) throws {
    guard !isSilent else { return }
    if let route = Self.route(of: bytes) { try begin(route) }
    switch fault {
    case .reset: try strike(Over(isReset: true))
    case .swallow:
      try strike()
      isSilent = true
    case .answer(let answer): try give(answer)
    case .cutRequest(let limit) where requestBytes + bytes.count > limit:
      try write(bytes.prefix(limit - requestBytes), to: server)
      try strike(Over(isReset: true))
    default:
      requestBytes += bytes.count
      try write(bytes, to: server)
    }
  }

  private mutating func begin(_ route: String) throws {
    peer.route = route
    seen.change { $0.requests[route, default: 0] += 1 }
    fault = rules.take(for: route)
    (requestBytes, answerBytes) = (0, 0)
    guard server == nil else { return }
    server = try LoopbackSocket.connected(to: route.hasPrefix("GET /ws") ? webSocket : http)
  }

  private mutating func give(_ answer: ProxyAnswer) throws {
    try strike()
    try write(answer.head, to: client)
    for _ in 0..<answer.count { try write(answer.piece, to: client) }
    if answer.closes { throw Over() }
    isSilent = true
  }

  /// Method and path when a request begins here.
  private static func route(of bytes: [UInt8]) -> String? {
    let line = bytes.prefix(2048).prefix { $0 != UInt8(ascii: "\r") }
    let words = String(decoding: line, as: UTF8.self).split(separator: " ")
    guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return nil }
    return "\(words[0]) \(words[1].prefix { $0 != "?" })"
  }

  // MARK: the way back

  private mutating func fromServer(_ bytes: [UInt8]) throws {
    switch fault {
    case .cutAnswer(let limit, let ending) where answerBytes + bytes.count > limit:
      try write(bytes.prefix(limit - answerBytes), to: client)
      try end(as: ending)
    case .delay(let duration):
      try strike()
      usleep(UInt32(duration / .microseconds(1)))
      try write(bytes, to: client)
    case .slow(let size):
      try trickle(bytes, size)
    default:
      answerBytes += bytes.count
      let route = peer.route
      seen.change { $0.answerBytes[route, default: 0] += bytes.count }
      try write(bytes, to: client)
    }
  }

  private mutating func end(as ending: ProxyFault.Ending) throws {
    switch ending {
    case .reset: try strike(Over(isReset: true))
    case .close: try strike(Over())
    case .silence:
      try strike()
      isSilent = true
    }
  }

  private mutating func trickle(_ bytes: [UInt8], _ size: Int) throws {
    if answerBytes == 0 { note() }
    answerBytes += bytes.count
    var rest = bytes[...]
    while !rest.isEmpty {
      try write(rest.prefix(size), to: client)
      rest = rest.dropFirst(size)
      usleep(100_000)
    }
  }

  // MARK: parts

  /// Notes that the fault of this request has struck; it strikes once.
  private mutating func strike(_ end: Over? = nil) throws {
    note()
    fault = nil
    if let end { throw end }
  }

  private func note() {
    if let name = fault?.name { seen.change { $0.fired[name, default: 0] += 1 } }
  }

  private func write(_ bytes: some Collection<UInt8>, to descriptor: Int32?) throws {
    guard let descriptor, LoopbackSocket.write(bytes, to: descriptor) else { throw Over() }
  }
}
