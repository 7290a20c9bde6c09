import FonanaServer
import FonanaTestSupport
import Synchronization
import Testing

/// Two people at one server, who write and whose daemons are killed, until it is enough; then
/// everything has to be on the server and in both mirrors, once and in order.
enum KillRound {
  /// So many kills at least, and as many letters as kills.
  static let floor = 8

  struct Sum: Sendable {
    var kills = 0
    var letters = 0
    var lost = 0
    var doubled = 0

    static func += (sum: inout Sum, other: Sum) {
      sum.kills += other.kills
      sum.letters += other.letters
      sum.lost += other.lost
      sum.doubled += other.doubled
    }
  }

  /// With `FONANA_SOAK_RANDOM_KILLS` a round ends by its kills, else when the time is over and enough
  /// has happened.
  static func run(kills: Int, within time: Duration) async throws -> Sum {
    try await withReferenceServer { server in
      let users = ["alice", "bob"].map { server.world.makeUser(nickname: $0) }
      let talk = server.world.makeConversation(users[0].id, users[1].id)
      return try await withTemporaryHome { one in
        try await withTemporaryHome { other in
          let people = [
            RestlessPerson(Desk(one, server), users[0], to: users[1], base: 0),
            RestlessPerson(Desk(other, server), users[1], to: users[0], base: 1_000_000),
          ]
          for person in people { try await person.logIn() }
          let pace = Pace(kills: kills, until: .now + time)
          try await withThrowingTaskGroup(of: Void.self) { group in
            for person in people {
              group.addTask { try await person.dieAgainAndAgain(pace) }
              group.addTask { await person.writeOnAndOn(pace) }
            }
            try await group.waitForAll()
          }
          var sum = Sum(kills: pace.kills)
          try await withThrowingTaskGroup(of: Void.self) { group in
            for person in people { group.addTask { try await person.finish() } }
            try await group.waitForAll()
          }
          for person in people { sum += try await person.judge(server.world, in: talk) }
          return sum
        }
      }
    }
  }

  /// When a round is over.
  final class Pace: Sendable {
    private let limit: Int
    private let end: ContinuousClock.Instant
    private let made = Mutex((kills: 0, letters: 0))

    init(kills: Int, until end: ContinuousClock.Instant) {
      limit = kills
      self.end = end
    }

    var kills: Int { made.withLock(\.kills) }
    var isOver: Bool {
      let (kills, letters) = made.withLock { $0 }
      let isEnough = kills >= KillRound.floor && letters >= kills
      return kills >= limit || isEnough && ContinuousClock.now >= end
    }
    func noteKill() { made.withLock { $0.kills += 1 } }
    func noteLetter() { made.withLock { $0.letters += 1 } }
  }
}
