import FonanaCore
import Testing

@testable import SyncEngine

/// The server turns out to have a message as it was before its edit.
@Suite struct EditedItemTests {
  private static let c1 = ConversationID("c1")
  private static let oldest = message("m1", at: 10)
  private static let newest = message("m2", at: 70)

  /// A message that is parked since its fate can't be told, and its conversation about to be read.
  private func undecided(_ bench: inout CoreBench) -> ClientID {
    bench.answerList([listed("c1", last: "m1", at: 10)])
    bench.answerPull(Self.oldest)
    bench.core.outbox.isEchoing = false
    let cid = bench.enqueueInDoubt("before")
    bench.answerPull()
    bench.core.outbox.isEchoing = true
    return cid
  }

  private func edit(_ cid: ClientID, _ bench: inout CoreBench) {
    bench.wish(.outbox(.edit(cid, content: "after")))
  }

  private func beginReading(_ bench: inout CoreBench) {
    bench.fire(.tick)
    bench.answerList([listed("c1", last: "m2", at: 70, unread: 1)])
    bench.wish(.prepareRead(Self.c1, wantsAll: false, patience: .seconds(3)))
  }

  private func page(_ rows: ServerMessage...) -> ServerReply {
    .page(MessagePage(messages: [Self.newest] + rows + [Self.oldest], hasMore: false))
  }

  private func row(_ text: String, _ cid: ClientID, at milliseconds: Int64 = 60) -> ServerMessage {
    message(text, at: milliseconds, from: "me", cid: cid)
  }

  @Test func anOlderTextThatArrivesDuringTheSendOfTheNewOneLosesNeither() throws {
    var bench = CoreBench.loggedIn()
    let cid = undecided(&bench)
    edit(cid, &bench)
    bench.commitAll()
    bench.wish(.outbox(.retry(cid)))
    bench.commitAll()
    #expect(bench.state(of: cid) == .intent)
    beginReading(&bench)
    bench.answer(page(row("before", cid)), where: \.isPull)
    bench.commitAll()
    #expect(bench.state(of: cid) == nil)
    let rest = try #require(bench.core.outbox.items.values.first)
    #expect(rest.content == "after" && rest.reason?.code == .ambiguousDelivery)
    bench.answer(unreachable, where: \.isSend)
    bench.commitAll()
    #expect(bench.core.outbox.items.values.map(\.cid) == [rest.cid])
  }

  /// The older text arrives while the POST of the edited one waits for a new token.
  @Test func aRefusedPostOfWhatHasSettledIsNotRepeated() {
    var bench = CoreBench.loggedIn()
    let cid = undecided(&bench)
    edit(cid, &bench)
    bench.commitAll()
    bench.wish(.outbox(.retry(cid)))
    bench.commitAll()
    beginReading(&bench)
    bench.answer(failure(401, error: "Invalid token"), where: \.isSend)
    bench.answer(page(row("before", cid)), where: \.isPull)
    bench.commitAll()
    #expect(bench.state(of: cid) == nil)
    bench.answer(grant("token-2"), where: \.isToken)
    bench.commitAll()
    #expect(bench.open(\.isSend).isEmpty)
  }

  /// After a restart too: the store tells what was edited.
  @Test func aRestartKnowsWhatWasEdited() throws {
    let item = OutboxItem(
      sequence: 1, cid: ClientID("x"),
      recipient: Recipient(text: "c1", userID: UserID("friend-of-c1"), conversationID: Self.c1),
      content: "after", state: .intent, attempts: 2,
      doubt: Doubt(fence: nil, negativesNeeded: 2, isHandlerDone: false),
      queuedAt: CoreBench.start)
    var bench = CoreBench.loggedIn(
      snapshot: StoreSnapshot(
        account: CoreBench.account,
        conversations: [ConversationState(id: Self.c1, participantID: UserID("friend-of-c1"))],
        outbox: [item], edited: [item.cid]))
    bench.commitAll()
    bench.answerList([listed("c1", last: "m1", at: 10)])
    bench.answer(page(row("before", item.cid)), where: \.isPull)
    bench.commitAll()
    #expect(bench.core.outbox.items.values.map(\.content) == ["after"])
    #expect(bench.state(of: item.cid) == nil)
  }

  /// A server may store a text otherwise than it was typed.
  @Test func whatWasNeverEditedIsConfirmedByAnyText() {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m1", at: 10)])
    bench.answerPull(Self.oldest)
    let cid = bench.enqueueInDoubt("before")
    bench.answerPull(row("be-fore", cid), Self.oldest)
    #expect(bench.core.outbox.items.isEmpty)
  }

  @Test func ofTwoRowsTheOneCountsThatSaysWhatTheMessageSaysNow() {
    var bench = CoreBench.loggedIn()
    let cid = undecided(&bench)
    edit(cid, &bench)
    bench.commitAll()
    beginReading(&bench)
    bench.answer(page(row("before", cid, at: 65), row("after", cid)), where: \.isPull)
    bench.commitAll()
    #expect(bench.core.outbox.items.isEmpty)
  }

  /// What the disk did not take was never said.
  @Test(arguments: [true, false])
  func aTextThatComesWhileAnEditIsWrittenIsJudgedAfterIt(isTaken: Bool) {
    var bench = CoreBench.loggedIn()
    let cid = undecided(&bench)
    beginReading(&bench)
    edit(cid, &bench)
    bench.answer(page(row("before", cid)), where: \.isPull)
    if !isTaken { bench.failNextCommit() }
    bench.commitAll()
    #expect(bench.state(of: cid) == nil)
    #expect(bench.core.outbox.items.values.map(\.content) == (isTaken ? ["after"] : []))
  }

  @Test func whatTheDiskDidNotTakeIsLookedForAgain() {
    var bench = CoreBench.loggedIn()
    let cid = undecided(&bench)
    edit(cid, &bench)
    bench.commitAll()
    beginReading(&bench)
    bench.answer(page(row("before", cid)), where: \.isPull)
    while bench.commits.first.map({ $0.acts.contains(where: isConfirmation) }) == false {
      bench.commitNext()
    }
    bench.failNextCommit()
    #expect(bench.state(of: cid) == .quarantine)
    #expect(bench.core.outbox.items[cid]?.content == "after")
  }

  private func isConfirmation(_ act: StoreAct) -> Bool {
    if case .confirm = act { true } else { false }
  }
}
