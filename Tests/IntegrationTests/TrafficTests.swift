import FonanaServer
import FonanaTestSupport
import Testing

extension RealBinaries {
  /// What a daemon that nobody uses takes from the network, in bytes.
  @Suite struct TrafficTests {
    /// Compressed, a conversation takes some forty bytes of each list.
    @Test func aLargeListThatIsAskedForAgainAndAgainIsSmall() async throws {
      let list = "GET /api/conversations"
      try await withFaultScene(partners: 300) { scene in
        let seen = scene.proxy.seen
        let before = seen.read { $0.answerBytes[list] ?? 0 }
        let asked = seen.read { $0.requests[list] ?? 0 }
        let count = try await seen.wait { counts -> Int? in
          let count = counts.requests[list, default: 0] - asked
          return count >= 4 ? count : nil
        }
        let size = (seen.read { $0.answerBytes[list] ?? 0 } - before) / count
        print("measured: \(size) bytes for a list of 300 conversations")
        #expect(size < 300 * 60)
      }
    }
  }
}
