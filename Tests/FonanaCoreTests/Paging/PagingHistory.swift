import FonanaCore
import FonanaTestSupport

/// A random life of one conversation: messages (many with equal milliseconds), deletions, pulls,
/// islands and gap filling in any order, with random page limits; then the gaps are filled.
struct PagingHistory {
  private var random: SeededRandom
  private var server = PagingServer()
  private var client = PagingClient()
  private let tiePercent: Int
  private let burst: Int
  private let hasDeletions: Bool
  private let limits: [Int]

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
    server.answersWhole = random.chance(10)
    tiePercent = [0, 30, 70, 95].randomElement(using: &random) ?? 0
    burst = random.chance(15) ? 60 : 6
    hasDeletions = random.chance(30)
    limits = Array([1, 2, 3, 5, 10, 50, 100].shuffled(using: &random).prefix(3))
  }

  /// What went wrong; nil when all messages were found and no hole was ever without a gap.
  mutating func run() -> String? {
    insert(upTo: burst * 2)
    for step in 0..<Int.random(in: 5...25, using: &random) {
      act()
      if let hole = client.holes(in: server).first { return "a hole at \(hole) after step \(step)" }
    }
    return drain()
  }

  private mutating func act() {
    switch Int.random(in: 0..<10, using: &random) {
    case 0...2: insert(upTo: burst)
    case 3 where hasDeletions:
      if let message = server.messages.randomElement(using: &random) { server.delete(message.id) }
    case 3: if let newest = server.messages.max() { client.see(newest) }
    case 4...5: client.pull(server, limit: limit(), using: &random)
    default: _ = client.fill(server, limit: limit(), using: &random)
    }
  }

  private mutating func drain() -> String? {
    client.pull(server, limit: 100, using: &random)
    var rounds = 0
    while client.fill(server, limit: limits[0], using: &random) {
      rounds += 1
      if rounds > 3000 { return "the gaps never close" }
      if let hole = client.holes(in: server).first { return "a hole at \(hole) while filling" }
    }
    let missing = server.messages.count { !client.mirror.contains($0) }
    return missing == 0 ? nil : "\(missing) messages were skipped"
  }

  private mutating func insert(upTo count: Int) {
    for _ in 0..<Int.random(in: 0...count, using: &random) {
      let isTie = random.chance(tiePercent)
      let pause: Int64 = random.chance(10) ? 200_000 : 50
      server.insert(
        advance: isTie ? 0 : Int64.random(in: 1...pause, using: &random), using: &random)
    }
  }

  private mutating func limit() -> Int { limits.randomElement(using: &random) ?? 1 }
}
