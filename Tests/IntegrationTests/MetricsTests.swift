import FonanaServer
import FonanaTestSupport
import Glibc
import Testing

extension RealBinaries {
  /// `GET /metrics` of a real daemon, beside `fonana status --json`.
  @Suite struct MetricsTests {
    @Test func theNumbersAreServedWhenTheyAreEnabledAndAreThoseOfStatus() async throws {
      try await withScene { scene in
        let port = try BlackHole().port  // one that is free now
        try await scene.desk.withDaemon { _ in
          try await scene.isConnected()
          await #expect(throws: SystemCallError.self) { try await page(port) }
        }
        try scene.desk.home.write(
          "[metrics]\nenabled = true\nport = \(port)\n", to: "f/config.toml")
        let before = try scene.history
        try await scene.desk.withDaemon { daemon in
          try await isServed(port, scene)
          try await expectTheSame(scene.desk, port, restarts: 2, lastExit: "stopped")
          while try scene.history == before { _ = try await scene.desk.status() }
          try await scene.desk.kill(daemon)
        }
        try await scene.desk.withDaemon { _ in
          try await isServed(port, scene)
          let day = try await expectTheSame(scene.desk, port, restarts: 3, lastExit: "crashed")
          #expect(day.succeeded >= 3, "the last day is that of earlier daemons too")
        }
      }
    }

    private func isServed(_ port: Int, _ scene: Scene) async throws {
      while (try? await page(port)) == nil {}
      try await scene.desk.waitUntil("connected")
    }

    @discardableResult
    private func expectTheSame(
      _ desk: Desk, _ port: Int, restarts: Int, lastExit: String
    ) async throws -> NumbersDocument.Day {
      let text = try await page(port)
      try StrayToken.search(page: text)
      #expect(try await Promtool.complaints(about: text) == "")
      let status = try await desk.json(NumbersDocument.self, "status")
      let connected = status.metrics.attempts.filter { $0.outcome == "connected" }
      for line in [
        "fonana_connected 1", "fonana_open_sockets \(status.metrics.openSockets)",
        "fonana_connection_attempts_total{outcome=\"connected\",reason=\"\"} "
          + "\(connected.reduce(0) { $0 + $1.count })",
        "fonana_reconnects_total \(status.metrics.reconnects)",
        "fonana_restarts_total \(restarts)", "fonana_last_exit{reason=\"\(lastExit)\"} 1",
      ] {
        #expect(text.contains("\n\(line)\n"), "no “\(line)” in it")
      }
      #expect(status.daemon.restarts == restarts && status.daemon.lastExit == lastExit)
      return status.metrics.lastDay
    }

    /// The body of what the port answers.
    private func page(_ port: Int) async throws -> String {
      try await withCheckedThrowingContinuation { continuation in
        onThread {
          continuation.resume(
            with: Result {
              let peer = try LoopbackSocket.connected(to: port)
              defer { close(peer) }
              let request = "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
              _ = LoopbackSocket.write(Array("\(request)Connection: close\r\n\r\n".utf8), to: peer)
              var bytes: [UInt8] = []
              while let more = LoopbackSocket.read(from: peer) { bytes += more }
              let answer = String(decoding: bytes, as: UTF8.self)
              return answer.firstRange(of: "\r\n\r\n").map { String(answer[$0.upperBound...]) }
                ?? ""
            })
        }
      }
    }
  }
}

extension Scene {
  /// What the daemon has written of its connections.
  fileprivate var history: String {
    get throws { try desk.home.text(of: "f/state/default/connections.json") }
  }
}

private struct NumbersDocument: Decodable {
  struct Daemon: Decodable {
    let restarts: Int
    let lastExit: String?
  }
  struct Attempt: Decodable {
    let outcome: String
    let count: Int
  }
  struct Day: Decodable { let succeeded: Int }
  struct Metrics: Decodable {
    let attempts: [Attempt]
    let reconnects: Int
    let openSockets: Int
    let lastDay: Day
  }

  let daemon: Daemon
  let metrics: Metrics
}
