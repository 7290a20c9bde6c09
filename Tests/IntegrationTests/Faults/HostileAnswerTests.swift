import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// Answers that want to fill the memory or never end, and connections that died unnoticed.
  @Suite struct HostileAnswerTests {
    /// How far beyond its ordinary memory the daemon may go. One element may have 8 MiB, and growing
    /// a buffer takes it twice; these answers have 32.
    private static let allowance = 30 << 20

    @Test func hostileAnswersToASendStayOutOfTheMemory() async throws {
      let answers = try await Self.answers(beginning: #"{"message":{"id":""#)
      let ordinary = try await Self.ordinaryPeak()
      try await expectOnceAndInOrder(answers.map { .proxy(.answer($0)) }) { scene in
        let peak = try #require(ResidentMemory.peak(of: scene.daemon.pid))
        print("peaks: \(peak >> 20) MiB, \(ordinary >> 20) before")
        #expect(peak < ordinary + Self.allowance, "\(peak >> 20) MiB, \(ordinary >> 20) before")
      }
    }

    @Test func hostileAnswersToAQuestionStayOutOfTheMemory() async throws {
      let answers = try await Self.answers(beginning: #"{"conversations":[{"id":""#)
      try await withFaultScene { scene in
        let before = try #require(ResidentMemory.peak(of: scene.daemon.pid))
        for answer in answers {
          scene.proxy.add("GET /api/conversations", .answer(answer))
          scene.scene.bobWrites(answer.name, push: true)
          let name = ProxyFault.answer(answer).name
          try await scene.proxy.seen.wait { $0.fired[name] == 1 ? () : nil }
        }
        try await scene.world.wait(for: scene.desk, toShow: answers.count + 1)
        let peak = try #require(ResidentMemory.peak(of: scene.daemon.pid))
        print("peaks: \(peak >> 20) MiB, \(before >> 20) before")
        #expect(peak < before + Self.allowance, "\(peak >> 20) MiB, \(before >> 20) before")
      }
    }

    /// What a daemon takes that has done the same with ordinary answers.
    private static func ordinaryPeak() async throws -> Int {
      let peak = Monitor(0)
      try await withFaultScene { scene in
        _ = try await scene.desk.json(SendDocument.self, "send", "@bob", "hello")
        try await scene.desk.waitUntil("drained")
        let own = try #require(ResidentMemory.peak(of: scene.daemon.pid))
        peak.change { $0 = own }
      }
      return peak.read { $0 }
    }

    private static func answers(beginning start: String) async throws -> [ProxyAnswer] {
      let bomb = try await GzipBomb.make(start, zeros: 64 << 20)
      let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
      let header = Array(String(repeating: "X-Header: value\r\n", count: 1_000).utf8)
      let megabyte = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
      return [
        ProxyAnswer(
          "gzip bomb",
          head: Array(
            "\(head)Content-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n".utf8) + bomb),
        ProxyAnswer("a million headers", head: Array(head.utf8), piece: header, count: 1_000),
        ProxyAnswer(
          "endless body", head: Array("\(head)Content-Length: \(1 << 40)\r\n\r\n\(start)".utf8),
          piece: megabyte, count: 32),
        .body("cut body", "200 OK", start, length: 5_000),
        .body("wrong length", "200 OK", start, length: 3),
        ProxyAnswer("no HTTP", head: Array("SSH-2.0-OpenSSH_9.2\r\n".utf8)),
      ]
    }

    /// A proxy has closed all idle connections without a word.
    @Test func sendsDoNotCareAboutConnectionsThatDiedIdle() async throws {
      try await withFaultScene { scene in
        try await scene.desk.waitUntil("synced")
        for number in 1...5 {
          let connections = scene.proxy.seen.read { $0.connections }
          scene.proxy.order(.reset, on: "GET /api")
          let sent = try await scene.desk.json(SendDocument.self, "send", "@bob", "\(number)")
          #expect(["sent", "queued"].contains(sent.state))
          try await scene.scene.aliceHasSent(number)
          #expect(scene.proxy.seen.read { $0.connections } > connections, "a fresh one")
        }
        try await scene.desk.waitUntil("drained")
        #expect(scene.scene.textsFromAlice == (1...5).map { "\($0)" })
        #expect(scene.proxy.seen.read { $0.requests("POST /api/conversations/") } == 5)
      }
    }

    /// A kept connection that dies with a question on it: the question fails, the next one has
    /// another.
    @Test func questionsOnADeadConnectionAreAskedAgainLater() async throws {
      try await withFaultScene { scene in
        let faults = [ProxyFault.reset, .cutAnswer(after: 10, .silence), .swallow]
        for (number, fault) in faults.enumerated() {
          scene.proxy.add("GET /api/", fault)
          try await scene.proxy.seen.wait { $0.fired[fault.name] == 1 ? () : nil }
          scene.scene.bobWrites("after \(number)")
        }
        try await scene.desk.withWatch { _ in
          try await scene.desk.waitUntil("synced")
        }
        let read = try await scene.desk.json(ReadDocument.self, "read", "@bob")
        #expect(read.messages.count == faults.count + 1)
      }
    }
  }
}
