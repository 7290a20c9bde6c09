import FonanaCore
import FonanaTestSupport
import Testing

@testable import FonanaAPI

/// The WebSocket client against servers that do exactly one thing.
@Suite(.timeLimit(.minutes(2)))
struct SocketTests {
  private static let pong = RawConnection.text(#"{"type":"pong"}"#)

  @Test func aFrameInTheSameSegmentAsTheUpgradeIsNotLost() async throws {
    let signals = try await signals {
      $0.upgrade(with: Self.pong + RawConnection.frame(9, [1]))
      _ = $0.readFrame()  // the connection stays until the client has read that far
    }
    #expect(signals == [.opened, .frame(.pong), .alive, .closed(code: nil, reason: "")])
  }

  /// It was: NIO drops what follows the 101 when the end of the stream comes with it.
  @Test func framesInTheLastSegmentOfAServerThatHangsUpAreNotLost() async throws {
    for _ in 0..<20 {
      let signals = try await signals {
        $0.upgrade(with: Self.pong + Self.pong, isLast: true)
        $0.readToEnd()
      }
      #expect(
        signals == [.opened, .frame(.pong), .frame(.pong), .closed(code: nil, reason: "")])
    }
  }

  @Test func framesOfAnyAllowedSizeArrive() async throws {
    for size in [20_000, 3 << 20] {
      let padding = String(repeating: "x", count: size)
      let signals = try await signals {
        $0.upgrade(
          with: RawConnection.text(#"{"type":"new_event","pad":"\#(padding)"}"#)
            + RawConnection.frame(9, [1]))
        _ = $0.readFrame()
      }
      #expect(signals.frames == [.event(type: "new_event", userID: nil)])
    }
  }

  /// Each makes a little work, and they come faster than it is done.
  @Test(arguments: [
    RawConnection.text("{"), RawConnection.frame(9, []), RawConnection.text(#"{"type":"error"}"#),
  ])
  func whoSendsTooManyFramesThatSayNothingIsRefused(_ frame: [UInt8]) async throws {
    let signals = try await signals {
      $0.upgrade(with: [])
      for _ in 0..<2_000 { $0.write(frame) }
      $0.readToEnd()
    }
    guard case .failed(let failure) = signals.last else {
      Issue.record("\(signals.count) signals")
      return
    }
    #expect(failure.detail.hasPrefix("1008"))
    #expect((400..<2_000).contains(signals.count), "\(signals.count)")
  }

  @Test func fragmentsBecomeOneMessageAroundControlFrames() async throws {
    let signals = try await signals {
      $0.upgrade(with: RawConnection.frame(1, Array(#"{"type""#.utf8), isFinal: false))
      $0.write(RawConnection.frame(9, [1, 2]))
      $0.write(RawConnection.frame(0, Array(#":"po"#.utf8), isFinal: false))
      $0.write(RawConnection.frame(0, Array(#"ng"}"#.utf8)))
      _ = $0.readFrame()
    }
    #expect(signals.frames == [.pong])
    #expect(signals.contains(.alive))
  }

  @Test func pingsAreAnsweredAndSent() async throws {
    let frames = Monitor<[UInt8]>([])
    let server = try RawServer { connection in
      connection.upgrade(with: RawConnection.frame(9, [7, 8]))
      while let frame = connection.readFrame() {
        frames.change { $0 += [frame.opcode] + frame.payload }
        if frame.opcode == 9 { connection.write(RawConnection.frame(10, frame.payload)) }
      }
    }
    try await withSocket("ws://127.0.0.1:\(server.port)/ws") { run, task in
      try await run.wait { $0.contains(.alive) }
      run.commands.yield(.ping)
      try await frames.wait { $0.starts(with: [10, 7, 8, 9]) ? () : nil }
      task.cancel()
    }
    withExtendedLifetime(server) {}
  }

  @Test func subscribingNamesTheChannel() async throws {
    let texts = Monitor<String>("")
    let server = try RawServer { connection in
      connection.upgrade()
      if let frame = connection.readFrame() {
        texts.change { $0 = String(decoding: frame.payload, as: UTF8.self) }
      }
    }
    try await withSocket("ws://127.0.0.1:\(server.port)/ws") { run, _ in
      try await run.wait { $0.contains(.opened) }
      run.commands.yield(.subscribeToNotifications(UserID("u")))
    }
    let text = #"{"type":"subscribe","channel":{"type":"notifications","userId":"u"}}"#
    #expect(texts.read { $0 } == text)
    withExtendedLifetime(server) {}
  }

  @Test(arguments: [
    ("bad UTF-8", RawConnection.frame(1, [0xff, 0xfe]), [0x03, 0xef]),
    ("masked", [0x81, 0x81, 0, 0, 0, 0, 0x41], [0x03, 0xea]),
    ("reserved bit", RawConnection.frame(1, [0x41], reserved: 0x40), [0x03, 0xea]),
    ("unknown opcode", RawConnection.frame(3, [0x41]), [0x03, 0xea]),
    ("fragment of nothing", RawConnection.frame(0, [0x41]), [0x03, 0xea]),
    (
      "long control frame", RawConnection.frame(9, [UInt8](repeating: 1, count: 200)), [0x03, 0xea]
    ),
    ("close code", RawConnection.frame(8, [0x03, 0xed]), [0x03, 0xea]),
    ("frame beyond 4 MiB", [0x81, 127, 0, 0, 0, 0, 0x10, 0, 0, 0], [0x03, 0xf1]),
    (
      "too many fragments",
      RawConnection.frame(1, [0x41], isFinal: false)
        + [[UInt8]](repeating: RawConnection.frame(0, [0x41], isFinal: false), count: 1100).joined(),
      [0x03, 0xf1]
    ),
  ])
  func violationsEndWithTheirCode(_ name: String, _ frame: [UInt8], _ code: [Int]) async throws {
    let answer = Monitor<[UInt8]?>(nil)
    let signals = try await signals { connection in
      connection.upgrade(with: frame)
      let close = connection.readFrame()
      answer.change { $0 = close.map { [$0.opcode] + $0.payload } }
    }
    #expect(answer.read { $0 } == [8] + code.map(UInt8.init))
    #expect(signals.failure != nil)
    #expect(signals.ends == 1)
  }

  @Test func theCloseCodeOfTheServerIsReportedAndAnswered() async throws {
    let answer = Monitor<UInt8?>(nil)
    let signals = try await signals { connection in
      connection.upgrade(with: RawConnection.frame(8, [0x03, 0xf0] + Array("Unauthorized".utf8)))
      let close = connection.readFrame()
      answer.change { $0 = close?.opcode }
    }
    #expect(signals == [.opened, .closed(code: 1008, reason: "Unauthorized")])
    #expect(answer.read { $0 } == 8)
  }

  @Test(arguments: [(401, "", nil), (429, "Retry-After: 7", Duration.seconds(7)), (503, "", nil)])
  func theStatusOfARefusedUpgradeIsVisible(_ status: Int, _ header: String, _ wait: Duration?)
    async throws
  {
    let signals = try await signals {
      $0.answer("\(status) No", "{}", headers: header.isEmpty ? [] : [header])
    }
    #expect(signals.count == 1)
    #expect(signals.failure?.status == status && signals.failure?.retryAfter == wait)
  }

  @Test func aSilentUpgradeEndsByTheLimit() async throws {
    var limits = APIConfiguration.Limits()
    limits.upgrade = .milliseconds(300)
    let signals = try await signals(limits: limits) { $0.readToEnd() }
    #expect(signals.failure?.kind == .timeout)
    #expect(signals.count == 1)
  }

  @Test func aWrongAcceptKeyIsNoUpgrade() async throws {
    let signals = try await signals {
      $0.readHead()
      $0.write(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: bm8=\r\n\r\n")
    }
    #expect(signals.failure?.kind == .badBody)
    #expect(signals.ends == 1)
  }

  @Test func nobodyThereIsNoConnection() async throws {
    let port = try RawServer { _ in }.port
    let signals = try await withSocket("ws://127.0.0.1:\(port)/ws")
    #expect(signals.failure?.kind == .noConnection)
  }

  @Test(arguments: [APIConfiguration.SocketToken.both, .header])
  func theTokenGoesIntoTheHeaderAndTheQuery(_ kind: APIConfiguration.SocketToken) async throws {
    let server = try RawServer { $0.upgrade() }
    try await withSocket("ws://127.0.0.1:\(server.port)/ws", token: "a+b/c", kind: kind)
    let head = server.seen.read { $0.text }
    #expect(head.contains("Authorization: Bearer a+b/c"))
    #expect(head.contains("x-user-wallet: W"))
    #expect(head.contains("Host: 127.0.0.1:\(server.port)"))
    #expect(head.contains("GET /ws?token=a%2Bb%2Fc HTTP/1.1") == (kind == .both))
    #expect(head.contains("token=") == (kind == .both))
  }

  @Test func cancellingClosesAtOnce() async throws {
    let server = try RawServer {
      $0.upgrade()
      $0.readToEnd()
    }
    let signals = try await withSocket("ws://127.0.0.1:\(server.port)/ws") { run, task in
      try await run.wait { $0.contains(.opened) }
      task.cancel()
    }
    #expect(signals == [.opened, .closed(code: nil, reason: "")])
    withExtendedLifetime(server) {}
  }

  @Test func anOrderlyCloseWaitsForTheServer() async throws {
    let server = try RawServer { connection in
      connection.upgrade()
      if let close = connection.readFrame() {
        connection.write(RawConnection.frame(8, close.payload))
      }
    }
    let signals = try await withSocket("ws://127.0.0.1:\(server.port)/ws") { run, _ in
      try await run.wait { $0.contains(.opened) }
      run.commands.yield(.close(abruptly: false))
    }
    #expect(signals == [.opened, .closed(code: 1000, reason: "")])
    withExtendedLifetime(server) {}
  }

  private func signals(
    limits: APIConfiguration.Limits = .init(), _ script: @escaping @Sendable (RawConnection) -> Void
  ) async throws -> [SocketSignal] {
    let server = try RawServer(script)
    let signals = try await withSocket("ws://127.0.0.1:\(server.port)/ws", limits: limits)
    return withExtendedLifetime(server) { signals }
  }
}
