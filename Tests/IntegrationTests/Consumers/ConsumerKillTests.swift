import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Testing

extension RealBinaries {
  /// `fonana watch --as NAME`, killed again and again.
  @Suite struct ConsumerKillTests {
    private struct Line: Decodable {
      struct Message: Decodable { var content: String? }
      var cursor: Int64
      var event: String
      var data: Message
    }

    private static let kills = 100

    /// The whole lines that one life of a consumer has written, up to where it was killed.
    private func life(of desk: Desk, until last: Int64? = nil) async throws -> [Line] {
      let watch = try desk.command.start(["watch", "--as", "bot", "--json"])
      if let last {
        while let line = try await watch.output.nextLine(), try read(line).cursor < last {}
      } else {
        // There are “ready” and what the last message has caused, at the least.
        for _ in 0..<Int.random(in: 0...3) { _ = try await watch.output.nextLine() }
      }
      watch.kill()
      _ = try await watch.waitForExit()
      let text = try await watch.output.wholeText()
      return try text[..<(text.lastIndex(of: "\n") ?? text.startIndex)].split(separator: "\n")
        .map { try read(String($0)) }
    }

    private func read(_ line: String) throws -> Line {
      try JSONDecoder().decode(Line.self, from: Data(line.utf8))
    }

    /// What is left when those that were seen before are dropped by their cursor.
    private func withoutRepeats(_ lines: [Line]) -> [Line] {
      var last: Int64 = 0
      return lines.filter { line in
        defer { last = max(last, line.cursor) }
        return line.event == "message.sent" && line.cursor > last
      }
    }

    @Test func aConsumerThatIsKilledAHundredTimesMissesNothing() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("connected")
          var lines = try await life(of: scene.desk, until: 0)
          for number in 0..<Self.kills {
            let sent = try await scene.desk.fonana("send", "@bob", "number \(number)", "--wait")
            try #require(sent.status == 0)
            lines += try await life(of: scene.desk)
          }
          lines += try await life(of: scene.desk, until: try await newest(on: scene.desk))
          #expect(withoutRepeats(lines).compactMap(\.data.content) == scene.textsFromAlice)
          #expect(scene.textsFromAlice.count == Self.kills)
        }
      }
    }

    /// The cursor of the newest event.
    private func newest(on desk: Desk) async throws -> Int64 {
      try await desk.withWatch { watch in try read(watch.output.text.firstLine).cursor }
    }
  }
}

extension String {
  fileprivate var firstLine: String { String(prefix { $0 != "\n" }) }
}
