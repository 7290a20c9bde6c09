import ControlProtocol
import FonanaCore
import FonanaTestSupport
import Glibc
import Testing

@Suite(.timeLimit(.minutes(1))) struct ControlClientTests {
  private let answer = WaitResult(reached: true, state: "drained")
  private let request = WaitRequest(for: .drained)

  private func withDaemon(
    _ act: @escaping ScriptedDaemon.Act, _ body: (ControlClient) throws -> Void
  ) async throws {
    try await withTemporaryHome { home in
      let daemon = try ScriptedDaemon(home.path("s"), act)
      try body(try ControlClient.connect(to: daemon.path))
      withExtendedLifetime(daemon) {}
    }
  }

  @Test func helloAndFirstRequestComeInOneWrite() async throws {
    let answer = answer
    try await withDaemon { connection, framer in
      let received = try connection.receive(within: .seconds(10))
      framer.append(received.bytes)
      try connection.greet(&framer)
      let head = try RPC.head(of: try framer.next() ?? [])
      try connection.send(try RPC.answer(answer, to: head.id ?? .number(0)))
    } _: { client in
      let got = try client.call(Calls.wait, request)
      #expect(got == answer)
      #expect(client.daemon?.daemonVersion == BuildInfo.version)
      #expect(client.daemon?.skewWarning == nil)
    }
  }

  @Test func otherVersionWarnsAndNamesTheRestart() async throws {
    let answer = answer
    try await withDaemon { connection, framer in
      try connection.greet(&framer, version: "9.9.9")
      let head = try RPC.head(of: try connection.nextLine(&framer))
      try connection.send(try RPC.answer(answer, to: head.id ?? .number(0)))
    } _: { client in
      _ = try client.call(Calls.wait, request)
      #expect(client.daemon?.skewWarning?.contains("fonana daemon restart") == true)
    }
  }

  @Test func errorOfTheDaemonArrivesWhole() async throws {
    let sent = FonanaError(.ambiguous, "Two fit.", hint: "Use the id.", retryable: true)
    try await withDaemon { connection, framer in
      try connection.greet(&framer)
      let head = try RPC.head(of: try connection.nextLine(&framer))
      connection.shutDownAfter(RPC.answer(RPCFailure(sent, id: head.id)))
    } _: { client in
      let error = #expect(throws: FonanaError.self) { try client.call(Calls.wait, request) }
      #expect(error == sent)
    }
  }

  @Test func brokenConnectionIsTold() async throws {
    try await withDaemon { connection, framer in
      try connection.greet(&framer)
      _ = try connection.nextLine(&framer)
    } _: { client in
      let error = #expect(throws: FonanaError.self) { try client.call(Calls.wait, request) }
      #expect(error?.code == .daemonUnavailable)
      #expect(error?.hint?.contains("fonana doctor") == true)
    }
  }

  @Test func silentDaemonIsATimeout() async throws {
    try await withDaemon { connection, framer in
      try connection.greet(&framer)
      _ = try connection.receive(within: .seconds(10))
      _ = try connection.receive(within: .seconds(10))
    } _: { client in
      let error = #expect(throws: FonanaError.self) {
        try client.call(Calls.wait, request, patience: .milliseconds(50))
      }
      #expect(error?.code == .timeout)
    }
  }

  @Test func eventsBeforeTheAnswerAreNotLost() async throws {
    let events = (1...3).map {
      WatchEvent(
        cursor: $0, at: Timestamp(milliseconds: 0), event: .heartbeat, data: .other(.null))
    }
    try await withDaemon { connection, framer in
      try connection.greet(&framer)
      let head = try RPC.head(of: try connection.nextLine(&framer))
      try connection.send(try RPC.event(events[0]))
      try connection.send(try RPC.answer(SubscribeResult(cursor: 0), to: head.id ?? .number(0)))
      try connection.send(try RPC.event(events[1]) + RPC.event(events[2]))
      try connection.send(try RPC.ended(FonanaError(.cursorExpired, "Too slow.")))
    } _: { client in
      _ = try client.call(Calls.subscribe, SubscribeRequest())
      for event in events {
        let got = try client.nextEvent(within: .seconds(10))
        #expect(got == event)
      }
      let error = #expect(throws: FonanaError.self) { try client.nextEvent(within: .seconds(10)) }
      #expect(error?.code == .cursorExpired)
    }
  }

  @Test func descriptorComesWithItsRequest() async throws {
    try await withDaemon { connection, framer in
      var descriptors: [OwnedDescriptor] = []
      _ = try connection.nextLine(&framer, descriptors: &descriptors)
      let head = try RPC.head(
        of: try connection.nextLine(&framer, descriptors: &descriptors))
      let count = descriptors.first.map { write($0.number, "image", 5) } ?? 0
      try connection.send(
        try RPC.answer(
          ImageResult(contentType: "image/png", byteCount: count), to: head.id ?? .number(0)))
    } _: { client in
      var ends: [Int32] = [0, 0]
      #expect(pipe(&ends) == 0)
      let (reader, writer) = (OwnedDescriptor(owning: ends[0]), OwnedDescriptor(owning: ends[1]))
      let result = try client.call(
        Calls.saveImage, ImageRequest(id: MessageID("m")), passing: writer.number)
      #expect(result.byteCount == 5)
      var bytes = [UInt8](repeating: 0, count: 16)
      #expect(Glibc.read(reader.number, &bytes, 16) == 5)
    }
  }

  @Test func nobodyThereNamesTheStart() async throws {
    try await withTemporaryHome { home in
      let error = #expect(throws: FonanaError.self) {
        try ControlClient.connect(to: home.path("s"))
      }
      #expect(error?.code == .daemonUnavailable)
      #expect(error?.hint?.contains("fonana daemon start") == true)
    }
  }
}

extension UnixConnection {
  fileprivate func shutDownAfter(_ bytes: [UInt8]) { try? send(bytes) }
}
