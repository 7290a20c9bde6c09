import FonanaCore
import Testing

@testable import SyncEngine

/// Which messages may move, and which wait for others.
@Suite struct OutboxLaneTests {
  private func item(
    _ sequence: Int64, to name: String, user: String?, state: OutboxState
  ) -> OutboxItem {
    var item = OutboxItem(
      cid: ClientID("cid-\(sequence)"),
      recipient: Recipient(text: name, userID: user.map { UserID($0) }, conversationID: nil),
      content: "text", state: state, queuedAt: Timestamp(milliseconds: 0))
    item.sequence = sequence
    return item
  }

  @Test(arguments: [OutboxState.held, .unresolved, .parked])
  func aNameThatWaitsToBeLookedUpIsNotPassed(state: OutboxState) {
    var outbox = Outbox()
    outbox.put(item(1, to: "@dora", user: nil, state: state))
    outbox.put(item(2, to: "Dora", user: "dora", state: .queued))
    outbox.put(item(3, to: "@emil", user: "emil", state: .queued))
    #expect(outbox.heads().map(\.sequence) == [1, 3])
    var skipped = item(1, to: "@dora", user: nil, state: state)
    skipped.isSkipped = true
    outbox.put(skipped)
    #expect(outbox.heads().map(\.sequence) == [2, 3])
  }

  /// Whatever a later message calls the person, an earlier one to them goes first, also after a
  /// crash between the two commits.
  @Test func whoeverIsFoundIsFoundForAllTheirNames() {
    var bench = CoreBench.loggedIn()
    bench.answerList([])
    let dora = UserProfile(id: UserID("u-dora"), wallet: "wallet-of-dora", nickname: "dora")
    for (cid, name) in [("1", "@nobody"), ("2", "@dora"), ("3", "wallet-of-dora")] {
      bench.wish(.enqueue(message(cid, to: Recipient(text: name))))
      bench.commitAll()
    }
    #expect(bench.core.outbox.heads().map(\.cid.rawValue) == ["1"])
    bench.wish(
      .enqueue(
        message("4", to: Recipient(text: "u-dora", userID: dora.id, otherNames: dora.names))))
    let acts = bench.commits.flatMap(\.acts)
    guard case .enqueue(let last)? = acts.last else {
      Issue.record("\(acts)")
      return
    }
    #expect(last.cid == ClientID("4"))
    #expect(acts.count == 3, "the two earlier ones are on disk before it")
    bench.commitAll()
    #expect(bench.core.outbox.lanes[.user(dora.id)]?.map(\.rawValue) == ["2", "3", "4"])
    #expect(bench.core.outbox.lanes[.unresolved]?.map(\.rawValue) == ["1"])
  }

  private func message(_ cid: String, to recipient: Recipient) -> OutboxItem {
    OutboxItem(
      cid: ClientID(cid), recipient: recipient, content: "text", state: .queued,
      queuedAt: CoreBench.start)
  }
}
