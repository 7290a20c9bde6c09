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
    outbox.put(item(2, to: "@Dora", user: "dora", state: .queued))
    outbox.put(item(3, to: "@emil", user: "emil", state: .queued))
    #expect(outbox.heads().map(\.sequence) == [1, 3])
    var skipped = item(1, to: "@dora", user: nil, state: state)
    skipped.isSkipped = true
    outbox.put(skipped)
    #expect(outbox.heads().map(\.sequence) == [2, 3])
  }
}
