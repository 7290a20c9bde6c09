import FonanaCore
import SyncEngine
import Testing

@testable import fonana_sim

/// Invariant 7: in whichever order pages, lists and notifications come, and however often, they
/// leave the same mirror, and nobody is called twice.
@Suite struct PermutationTests {
  @Test func anyOrderAndAnyRepetitionGivesTheSameMirror() {
    var calls = 0
    for seed in 1...1000 as ClosedRange<UInt64> {
      var answers = SeededAnswers(seed: seed)
      let acts = answers.acts
      let (expected, _) = Self.mirror(of: acts)
      let (found, told) = Self.mirror(of: answers.shuffledWithRepetitions(acts))
      #expect(found == expected, "seed \(seed)")
      #expect(Set(told).count == told.count, "seed \(seed)")
      calls += told.count
    }
    #expect(calls > 10_000)
  }

  /// The rows by their places, and of whom a person was told.
  private static func mirror(of acts: [StoreAct]) -> ([MirrorMessage], [MessageID]) {
    var store = MemoryStore()
    store.account = SeededAnswers.account
    var told: [MessageID] = []
    for act in acts {
      let result = store.perform([act], at: SimClock.epoch)
      told += result.events.compactMap(\.messageID)
    }
    let rows = store.messages.map { row in
      var row = row
      row.absences = 0  // how often a page did not show it is a matter of the pages' order
      return row
    }
    return (rows.sorted { $0.position < $1.position }, told)
  }
}

/// What a living server answers, one question after the other.
private struct SeededAnswers {
  static let account = AccountRecord(
    origin: SwarmPlan.origin, userID: ModelServer.me, wallet: ModelServer.wallet, nickname: "me")

  private var chance: Chance
  private var server: ModelServer
  private(set) var acts: [StoreAct] = []
  private var now = SimClock.epoch

  init(seed: UInt64) {
    chance = Chance(seed: seed)
    server = ModelServer(plan: SwarmPlan(seed: seed, profile: .p1))
    server.partners = [UserProfile(id: UserID("cmana"), nickname: "ana")]
    let id = server.conversation(with: 0, at: now)
    for _ in 0..<chance.within(5...25) {
      live()
      ask(id)
    }
  }

  /// Somebody writes, ties among them; somebody reads in a browser.
  private mutating func live() {
    for _ in 0..<chance.within(0...8) {
      if chance.happens(0.7) { now = now + chance.milliseconds(1...60_000) }
      let isOwn = chance.happens(0.3)
      let long = String(repeating: "words ", count: chance.within(1...20))
      let row = server.store(
        long, from: isOwn ? ModelServer.me : UserID("cmana"), cid: nil, in: 0, at: now,
        isPaid: chance.happens(0.1))
      if !isOwn {
        _ = server.notify(row.id, in: 0, at: now + .milliseconds(chance.within(0...900)))
      }
    }
    if chance.happens(0.1) { server.markRead(0, by: .browser) }
  }

  private mutating func ask(_ id: ConversationID) {
    let credentials = Credentials(wallet: ModelServer.wallet, token: server.grant(at: now).token)
    let before = chance.happens(0.5) ? chance.pick(server.conversations[0].messages)?.id : nil
    let requests: [ServerRequest] = [
      .listConversations, .listNotifications(limit: chance.within(1...50)),
      .listMessages(id, limit: chance.within(1...60), before: before, stopAt: nil),
    ]
    guard let request = chance.pick(requests) else { return }
    switch server.handle(request, as: credentials, at: now) {
    case .success(.page(let page), _):
      acts.append(.applyPage(id, page, Coverage(), proven: nil, isBacklog: false))
    case .success(.conversations(let list), _):
      let states = list.map { ListedState($0, coverage: Coverage()) }
      acts.append(.applyList(states, isBacklog: false))
    case .success(.notifications(let rows, _), _):
      acts.append(.applyNotifications(rows, unread: nil, coverages: [:], isBacklog: false))
    default: break
    }
  }

  mutating func shuffledWithRepetitions(_ acts: [StoreAct]) -> [StoreAct] {
    var result = acts + acts.filter { _ in chance.happens(0.5) }
    for index in result.indices.dropFirst() {
      result.swapAt(index, chance.below(index + 1))
    }
    return result
  }
}
