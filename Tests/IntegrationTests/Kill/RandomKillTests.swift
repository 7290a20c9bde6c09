import FonanaTestSupport
import Glibc
import Testing

extension InjectedFaults {
  /// Two people write to each other while both their daemons are killed at random moments. With
  /// `FONANA_SOAK_RANDOM_KILLS` in the environment: until so many kills have been made.
  @Suite struct RandomKillTests {
    private static let wanted = getenv("FONANA_SOAK_RANDOM_KILLS")
      .flatMap { Int(String(cString: $0)) }

    @Test func nothingIsLostOrDoubledUnderTrafficAndKills() async throws {
      let start = ContinuousClock.now
      var sum = KillRound.Sum()
      repeat {
        let limit = min(100, (Self.wanted ?? 100) - sum.kills)
        let rounds = try await withThrowingTaskGroup(of: KillRound.Sum.self) { group in
          for _ in 0..<(Self.wanted == nil ? 1 : 2) {
            group.addTask { try await KillRound.run(kills: limit, within: .seconds(20)) }
          }
          return try await group.reduce(into: KillRound.Sum()) { $0 += $1 }
        }
        sum += rounds
        print(
          "measured: random kills: \(sum.kills), messages: \(sum.letters), lost: \(sum.lost), "
            + "doubled: \(sum.doubled), in \(start.duration(to: .now))")
      } while sum.kills < Self.wanted ?? 0
      #expect(sum.kills >= Self.wanted ?? KillRound.floor)
      #expect(sum.letters >= sum.kills)
    }
  }
}
