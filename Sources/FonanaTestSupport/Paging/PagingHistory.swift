import FonanaCore

/// A random life of one conversation: messages (many with equal milliseconds, some that come late
/// with an older one), deletions, pulls, islands and gap filling in any order, with random page
/// limits; then the gaps are filled and all is read twice.
package struct PagingHistory {
  package private(set) var server = PagingServer()
  package private(set) var client: PagingClient
  private var random: SeededRandom
  private let tiePercent: Int
  private let burst: Int
  private let hasDeletions: Bool
  /// A message that comes late may lie where nobody looks until all is read again.
  private let hasLateMessages: Bool
  private let limits: [Int]

  package init(seed: UInt64, isRecording: Bool = false) {
    client = PagingClient(isRecording: isRecording)
    random = SeededRandom(seed: seed)
    server.answersWhole = random.chance(10)
    tiePercent = [0, 30, 70, 95].randomElement(using: &random) ?? 0
    burst = random.chance(15) ? 60 : 6
    hasDeletions = random.chance(30)
    hasLateMessages = random.chance(20)
    limits = Array([1, 2, 3, 5, 10, 50, 100].shuffled(using: &random).prefix(3))
  }

  /// What went wrong; nil when the mirror is the server's and no hole was ever without a gap.
  package mutating func run() -> String? {
    for _ in 0..<2 { server.insert(advance: 1, using: &random) }
    insert(upTo: burst * 2)
    for step in 0..<Int.random(in: 5...25, using: &random) {
      act()
      if let hole { return "a hole at \(hole) after step \(step)" }
    }
    return drain() ?? compare()
  }

  private var hole: MessagePosition? {
    hasLateMessages ? nil : client.holes(in: server).first
  }

  private mutating func act() {
    switch Int.random(in: 0..<10, using: &random) {
    case 0...2: insert(upTo: burst)
    case 3 where hasDeletions: delete()
    case 3: if let newest = server.messages.first { client.see(newest) }
    case 4...5: client.pull(server, limit: limit(), using: &random)
    default: _ = client.fill(server, limit: limit(), using: &random)
    }
  }

  private mutating func drain() -> String? {
    server.insert(advance: 1, using: &random)
    client.pull(server, limit: 100, using: &random)
    var rounds = 0
    while client.fill(server, limit: limits[0], using: &random) {
      rounds += 1
      if rounds > 3000 { return "the gaps never close" }
      if let hole { return "a hole at \(hole) while filling" }
    }
    guard !hasLateMessages else { return nil }
    let missing = server.messages.count { client.absences[$0] == nil }
    return missing == 0 ? nil : "\(missing) messages were skipped"
  }

  private mutating func compare() -> String? {
    for _ in 0..<2 { client.readAll(server, using: &random) }
    let (mirror, truth) = (client.mirror, Set(server.messages))
    if let lost = truth.subtracting(mirror).first { return "\(lost) is not in the mirror" }
    return mirror.subtracting(truth).first.map { "\($0) is deleted, and still in the mirror" }
  }

  private mutating func insert(upTo count: Int) {
    for _ in 0..<Int.random(in: 0...count, using: &random) {
      let isTie = random.chance(tiePercent)
      let pause: Int64 = random.chance(10) ? 200_000 : 50
      let back =
        hasLateMessages && random.chance(20) ? Int64.random(in: 1...2_000, using: &random) : 0
      server.insert(
        advance: isTie ? 0 : Int64.random(in: 1...pause, using: &random), back: back,
        using: &random)
    }
  }

  private mutating func delete() {
    if let message = server.messages.randomElement(using: &random) {
      server.delete(message.id)
    }
  }

  private mutating func limit() -> Int { limits.randomElement(using: &random) ?? 1 }
}
