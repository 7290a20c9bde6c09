import FonanaCore
import SyncEngine
import Testing

@testable import fonana_sim

/// The model server keeps the rules that the client's are made for.
@Suite struct ModelTests {
  private func server(_ generation: UInt64) -> ModelServer {
    // Any plan of the wanted generation.
    let seeds = (generation...UInt64.max).lazy
    let plan = seeds.map { SwarmPlan(seed: $0, profile: .p1) }.first { $0.generation == .b }
    var server = ModelServer(plan: plan ?? SwarmPlan(seed: 0, profile: .p1))
    server.partners = [UserProfile(id: UserID("cmana"), nickname: "ana")]
    return server
  }

  @Test func beforeSkipsTheTiesOfTheCursor() throws {
    var server = server(1)
    let now = SimClock.epoch
    let id = server.conversation(with: 0, at: now)
    for text in ["a", "b", "c"] {
      server.store(text, from: UserID("cmana"), cid: nil, in: 0, at: now)
    }
    let credentials = Credentials(wallet: ModelServer.wallet, token: server.grant(at: now).token)
    let cursor = try #require(server.conversations[0].newestFirst.first?.id)
    let answer = server.handle(
      .listMessages(id, limit: 10, before: cursor, stopAt: nil), as: credentials, at: now)
    guard case .success(.page(let page), _) = answer else {
      Issue.record("no page")
      return
    }
    #expect(page.messages.isEmpty)
  }

  @Test func aPageMarksTheConversationReadAndShowsItAsItWas() throws {
    var server = server(1)
    let now = SimClock.epoch
    let id = server.conversation(with: 0, at: now)
    server.store("a", from: UserID("cmana"), cid: nil, in: 0, at: now)
    let credentials = Credentials(wallet: ModelServer.wallet, token: server.grant(at: now).token)
    let answer = server.handle(
      .listMessages(id, limit: 10, before: nil, stopAt: nil), as: credentials, at: now)
    guard case .success(.page(let page), _) = answer else {
      Issue.record("no page")
      return
    }
    #expect(page.messages.map(\.isRead) == [false])
    #expect(server.conversations[0].unread == 0)
  }

  @Test func anOldSecretIsRefused() {
    var server = server(1)
    let now = SimClock.epoch
    let credentials = Credentials(wallet: ModelServer.wallet, token: server.grant(at: now).token)
    #expect(server.refusal(of: credentials, on: .send, at: now) == nil)
    server.secret += 1
    #expect(server.refusal(of: credentials, on: .send, at: now) == "Invalid token")
  }
}
