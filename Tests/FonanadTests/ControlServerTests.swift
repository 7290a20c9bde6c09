import ControlProtocol
import Dispatch
import FonanaCore
import FonanaTestSupport
import Glibc
import Synchronization
import Testing

@testable import fonanad

@Suite(.timeLimit(.minutes(1))) struct ControlServerTests {
  private func router(_ change: (inout ControlRouter) -> Void = { _ in }) -> ControlRouter {
    var router = ControlRouter()
    router.on(Calls.setLogLevel) { request, _ throws(FonanaError) in request }
    change(&router)
    return router
  }

  private static func request(_ id: Int, _ level: String) -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"daemon.logLevel","params":{"level":"\#(level)"}}"#
      + "\n"
  }

  @Test func requestsOfOneClientAreAnsweredInOrder() async throws {
    try await withControlServer(router()) { _, path in
      let lines = try await offPool {
        let client = try RawClient(path)
        try client.send((1...50).map { Self.request($0, "l\($0)") }.joined())
        return try client.lines(50)
      }
      #expect(lines.count == 50)
      for (index, line) in lines.enumerated() {
        #expect(
          line.contains(#""id":\#(index + 1),"#) && line.contains(#""level":"l\#(index + 1)""#))
      }
    }
  }

  @Test(arguments: [
    ("{nonsense\n", "-32700"), (#"{"id":7,"method":5}"# + "\n", "-32600"),
    (#"{"id":7,"method":"no.such"}"# + "\n", "-32601"),
    (#"{"id":7,"method":"daemon.logLevel","params":{}}"# + "\n", "-32602"),
    (String(repeating: "[", count: 100) + "\n", "-32700"), ("\n", "-32700"),
  ])
  func brokenRequestsAreAnsweredAndTheConnectionLives(text: String, code: String) async throws {
    try await withControlServer(router()) { _, path in
      let lines = try await offPool {
        let client = try RawClient(path)
        try client.send(text + Self.request(8, "info"))
        return try client.lines(2)
      }
      #expect(lines.first?.contains(code) == true)
      #expect(lines.last?.contains(#""id":8"#) == true)
    }
  }

  @Test func aRequestOverTheLimitIsAnsweredAndClosed() async throws {
    try await withControlServer(router()) { _, path in
      let (line, isClosed) = try await offPool {
        let client = try RawClient(path)
        try? client.connection.send(
          [UInt8](repeating: UInt8(ascii: "x"), count: (1 << 20) + 70_000), within: .seconds(5))
        return (try client.lines(1).first, (try? client.isClosed()) ?? true)
      }
      #expect(line?.contains("longer than") == true && isClosed)
    }
  }

  @Test func whoSaysNothingIsClosedAndTold() async throws {
    var limits = SocketLoop.Limits()
    limits.firstRequest = .milliseconds(500)
    try await withControlServer(router(), limits: limits) { _, path in
      let lines = try await offPool {
        let client = try RawClient(path)
        try client.send("{\"id\":1,")
        return try client.lines(2)
      }
      #expect(lines.count == 1 && lines.first?.contains("No complete request") == true)
    }
  }

  @Test func oneClientTooManyIsTold() async throws {
    var limits = SocketLoop.Limits()
    limits.clients = 2
    try await withControlServer(router(), limits: limits) { _, path in
      let (line, answer) = try await offPool {
        let clients = [try RawClient(path), try RawClient(path)]
        for client in clients { try client.send(Self.request(1, "a")) }
        for client in clients { _ = try client.lines(1) }
        let line = try RawClient(path).lines(1).first
        try clients[0].send(Self.request(2, "b"))
        return (line, try clients[0].lines(1).first)
      }
      #expect(line?.contains("serves 2 connections") == true)
      #expect(answer?.contains(#""id":2"#) == true)
    }
  }

  @Test func aSlowSubscriberIsDroppedAndToldAndOthersAreServed() async throws {
    var limits = SocketLoop.Limits()
    limits.subscriberBytes = 300_000
    let isPushed = DispatchSemaphore(value: 0)
    let router = router { router in
      router.on(Calls.subscribe) { _, caller throws(FonanaError) in
        caller.becomeSubscriber()
        caller.afterAnswer {
          let line = [UInt8](repeating: UInt8(ascii: "e"), count: 9999) + [UInt8(ascii: "\n")]
          for _ in 0..<200 { caller.push(line) }
          isPushed.signal()
        }
        return SubscribeResult(cursor: 0)
      }
    }
    try await withControlServer(router, limits: limits) { _, path in
      let (slow, quick) = try await offPool {
        let slow = try RawClient(path)
        try slow.send(#"{"id":1,"method":"events.subscribe","params":{"full":false}}"# + "\n")
        isPushed.wait()
        let quick = try RawClient(path)
        try quick.send(Self.request(2, "info"))
        let answer = try quick.lines(1)
        return (try slow.lines(1000), answer)
      }
      #expect(quick.count == 1)
      #expect(slow.count < 200)
      #expect(slow.last?.contains("events.ended") == true)
      #expect(slow.dropFirst().dropLast().allSatisfy { $0.utf8.count == 9999 })
    }
  }

  @Test func descriptorsComeWithTheirRequest() async throws {
    let router = router { router in
      router.on(Calls.saveImage) { _, caller throws(FonanaError) in
        let bytes = caller.takeDescriptor().flatMap { FileBytes.readAll($0.number, limit: 100) }
        return ImageResult(contentType: String(decoding: bytes ?? [], as: UTF8.self), byteCount: 0)
      }
    }
    try await withControlServer(router) { _, path in
      let line = try await offPool {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        let (read, write) = (OwnedDescriptor(owning: ends[0]), ends[1])
        _ = FileBytes.writeAll(write, Array("inside".utf8))
        close(write)
        let client = try RawClient(path)
        try client.connection.send(
          Array((#"{"id":1,"method":"message.image","params":{"id":"m"}}"# + "\n").utf8),
          passing: read.number)
        return try client.lines(1).first
      }
      #expect(line?.contains("inside") == true)
    }
  }

  @Test func aClientThatLeavesIsNoticed() async throws {
    let (gone, signal) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let router = router { router in
      router.on(Calls.subscribe) { _, caller throws(FonanaError) in
        caller.whenGone { signal.finish() }
        return SubscribeResult(cursor: 0)
      }
    }
    try await withControlServer(router) { _, path in
      try await offPool {
        let client = try RawClient(path)
        try client.send(#"{"id":1,"method":"events.subscribe","params":{"full":false}}"# + "\n")
        _ = try client.lines(1)
        client.connection.shutDown()
      }
      for await _ in gone {}
    }
  }

  @Test func aSocketThatWasRemovedIsMadeAgain() async throws {
    var limits = SocketLoop.Limits()
    limits.socketCheck = .milliseconds(20)
    try await withControlServer(router(), limits: limits) { _, path in
      let line = try await offPool {
        unlink(path)
        rmdir(String(path.dropLast("/d.sock".count)))
        let end = ContinuousClock.now + .seconds(50)
        var client: RawClient?
        while client == nil, ContinuousClock.now < end {
          client = try? RawClient(path)
          sched_yield()
        }
        try client?.send(Self.request(3, "info"))
        return try client?.lines(1).first
      }
      #expect(line?.contains(#""id":3"#) == true)
    }
  }

  @Test(arguments: ["file", "link", "folder"])
  func whatIsNotOurSocketStays(kind: String) async throws {
    try await withTemporaryHome { home in
      let path = home.path("run/d.sock")
      mkdir(home.path("run"), 0o700)
      switch kind {
      case "file": try home.write("mine", to: "run/d.sock")
      case "link": symlink("/nowhere", path)
      default: mkdir(path, 0o700)
      }
      #expect(throws: FonanaError.self) { try ListeningSocket(path: path) }
      #expect(permissions(of: path) != nil)
    }
  }

  @Test func stoppingRemovesTheSocketAndClosesClients() async throws {
    try await withControlServer(router()) { server, path in
      let isClosed = try await offPool {
        let client = try RawClient(path)
        try client.send(Self.request(1, "info"))
        _ = try client.lines(1)
        server.stop()
        return try client.isClosed()
      }
      #expect(isClosed)
      #expect(permissions(of: path) == nil)
    }
  }
}
