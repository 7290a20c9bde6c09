import FonanaCore
import Testing

@testable import SyncEngine

/// The outbox in a person's hands.
@Suite struct OutboxCommandTests {
  private static let c1 = ConversationID("c1")
  private static let oldest = message("m1", at: 10)
  private static let newest = message("m2", at: 70)
  private static let nothing = ServerReply.page(MessagePage(messages: [], hasMore: false))

  private func ready() -> CoreBench {
    var bench = CoreBench.loggedIn()
    bench.answerList([listed("c1", last: "m1", at: 10)])
    bench.answer(.page(MessagePage(messages: [message("m1", at: 10)], hasMore: false))) {
      $0.isPull
    }
    bench.commitAll()
    return bench
  }

  /// The disk takes everything, and the first send can't reach the server.
  private func waiting(_ bench: inout CoreBench) -> ClientID {
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(unreachable, where: \.isSend)
    bench.commitAll()
    return cid
  }

  private func error(of wish: WishID, in bench: CoreBench) -> FonanaError? {
    guard case .failed(let error)? = bench.answers[wish] else { return nil }
    return error
  }

  /// The server no longer returns our mark, so what is in doubt stays so.
  private func undecided(_ bench: inout CoreBench) -> ClientID {
    bench.core.outbox.isEchoing = false
    let cid = bench.enqueue("doubt")
    bench.commitAll()
    bench.answer(failure(500, error: "Failed to send message"), where: \.isSend)
    bench.commitAll()
    bench.fire(.outbox(cid))
    bench.answer(Self.nothing, where: \.isPull)
    bench.commitAll()
    return cid
  }

  /// Only “retry” says that a person wants it now.
  @Test func whatTheServerAskedForHoldsForAnEditedAndForAReleasedMessage() {
    var bench = ready()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    let busy = ServerFailure(
      .status, phase: .complete, status: 429, retryAfter: .seconds(600))
    bench.answer(.failure(busy), where: \.isSend)
    bench.commitAll()
    for command in [OutboxCommand.edit(cid, content: "better"), .hold(cid), .release(cid)] {
      bench.wish(.outbox(command))
      bench.commitAll()
    }
    #expect(bench.state(of: cid) == .queued)
    #expect(bench.open(\.isSend).isEmpty)
    bench.fire(.outbox(cid))
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  /// The wish to cancel comes to a slow disk before it, and the disk is full when its turn comes.
  @Test func aRefusedEditIsNotKeptWhereACancelWasNotedBefore() {
    var bench = ready()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(failure(500, error: "Failed to send message"), where: \.isSend)
    bench.commitAll()
    bench.wish(.outbox(.cancel(cid)))
    bench.fire(.outbox(cid))
    bench.answer(failure(404, error: "Conversation not found"), where: \.isPull)
    #expect(bench.state(of: cid) == .parked)
    let edit = bench.wish(.outbox(.edit(cid, content: "better")))
    bench.commitNext()
    for _ in 0..<9 where !bench.commits.isEmpty { bench.failNextCommit() }
    #expect(error(of: edit, in: bench)?.code == .storeUnwritable)
    #expect(bench.core.outbox.items[cid]?.content == "hello")
  }

  @Test func aCommandIsAnsweredOnceItIsOnDisk() {
    var bench = ready()
    let cid = waiting(&bench)
    let wish = bench.wish(.outbox(.hold(cid)))
    #expect(bench.answers[wish] == nil)
    bench.commitAll()
    guard case .done? = bench.answers[wish] else {
      Issue.record("no answer")
      return
    }
    #expect(bench.state(of: cid) == .held)
  }

  @Test(arguments: [
    OutboxCommand.hold(ClientID("cid-hello")), .cancel(ClientID("cid-hello")),
    .edit(ClientID("cid-hello"), content: "other"),
  ])
  func whatTheDiskDoesNotTakeIsAnErrorAndHasNotHappened(_ command: OutboxCommand) {
    var bench = ready()
    let cid = waiting(&bench)
    let before = bench.core.outbox.items[cid]
    let wish = bench.wish(.outbox(command))
    bench.failNextCommit()
    #expect(error(of: wish, in: bench)?.code == .storeUnwritable)
    #expect(bench.core.outbox.items[cid] == before)
  }

  @Test func aCancelThatTheDiskDidNotTakeInDoubtIsForgotten() {
    var bench = ready()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.wish(.outbox(.cancel(cid)))
    bench.failNextCommit()
    #expect(bench.core.outbox.items[cid]?.isCancelWanted == false)
  }

  @Test func nothingMovesWhileAChangeIsWritten() {
    var bench = ready()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(unreachable, where: \.isSend)
    bench.commitAll()
    bench.wish(.outbox(.edit(cid, content: "better")))
    bench.answer(.notifications([], unread: 0)) { $0 == .listNotifications(limit: 1) }
    #expect(bench.open(\.isSend).isEmpty)
    let second = bench.wish(.outbox(.hold(cid)))
    #expect(error(of: second, in: bench)?.code == .conflict)
    bench.commitAll()
    #expect(bench.core.outbox.items[cid]?.content == "better")
  }

  @Test func aCancelDuringASendThatFailedIsCarriedOut() {
    var bench = ready()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.wish(.outbox(.cancel(cid)))
    bench.commitAll()
    #expect(bench.state(of: cid) == .intent, "it may be at the server")
    bench.answer(unreachable, where: \.isSend)
    bench.commitAll()
    #expect(bench.state(of: cid) == nil)
  }

  @Test func retryOfAllLeavesWhatTheServerMayHave() {
    var bench = ready()
    let cid = undecided(&bench)
    #expect(bench.core.outbox.items[cid]?.reason?.code == .ambiguousDelivery)
    bench.wish(.outbox(.retryAll))
    bench.commitAll()
    #expect(bench.state(of: cid) == .parked)
    bench.wish(.outbox(.retry(cid)))
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func anEditDoesNotDecideADoubtAndIsNotTakenForTheTextThatArrivesLate() throws {
    var bench = ready()
    let cid = undecided(&bench)
    bench.wish(.outbox(.edit(cid, content: "better")))
    bench.commitAll()
    #expect(bench.state(of: cid) == .parked)
    #expect(bench.open(\.isSend).isEmpty)

    readAgain(&bench, message("doubt", at: 60, from: "me", cid: cid))
    #expect(bench.state(of: cid) == nil)
    let rest = try #require(bench.core.outbox.items.values.first)
    #expect(bench.core.outbox.items.count == 1)
    #expect(rest.content == "better" && rest.state == .parked && rest.reason?.code == .conflict)
    bench.wish(.outbox(.retry(rest.cid)))
    bench.commitAll()
    guard case .sendMessage(_, let message)? = bench.open(\.isSend).first else {
      Issue.record("the edited text is not sent")
      return
    }
    #expect(message.content == "better" && message.cid == rest.cid)
  }

  /// Something unread has come, so that a read fetches a page, with `message` below it.
  private func readAgain(_ bench: inout CoreBench, _ message: ServerMessage) {
    bench.fire(.tick)
    bench.answerList([listed("c1", last: "m2", at: 70, unread: 1)])
    bench.wish(.prepareRead(Self.c1, wantsAll: false, patience: .seconds(3)))
    bench.answerPull(Self.newest, message, Self.oldest)
  }

  /// The first attempt is known to have failed, and yet its text shows up.
  @Test func anEditedMessageOutlivesTheLateTextOfItsFirstAttempt() throws {
    var bench = ready()
    let cid = bench.enqueueInDoubt("hello")
    bench.answer(Self.nothing, where: \.isPull)
    bench.commitAll()
    bench.wish(.outbox(.hold(cid)))
    bench.commitAll()
    bench.wish(.outbox(.edit(cid, content: "better")))
    bench.commitAll()
    #expect(bench.core.outbox.items[cid]?.attempts == 1)
    readAgain(&bench, message("hello", at: 60, from: "me", cid: cid))
    #expect(bench.core.outbox.items.values.map(\.content) == ["better"])
    #expect(bench.state(of: cid) == nil)
  }

  @Test func releaseDoesNotDecideADoubt() {
    var bench = ready()
    let cid = undecided(&bench)
    bench.wish(.outbox(.hold(cid)))
    bench.commitAll()
    #expect(bench.state(of: cid) == .held)
    bench.wish(.outbox(.release(cid)))
    bench.commitAll()
    #expect(bench.state(of: cid) == .parked)
    #expect(bench.open(\.isSend).isEmpty)
  }

  @Test func aMessageInDoubtForADayAsksBeforeItIsSentAgain() {
    var bench = ready()
    let cid = waiting(&bench)
    bench.pass(.seconds(90_000))
    bench.fire(.tick)
    bench.answer(.notifications([], unread: 0)) { $0 == .listNotifications(limit: 1) }
    bench.answerList([listed("c1", last: "m1", at: 10)])
    bench.commitAll()
    bench.answer(failure(502), where: \.isSend)
    bench.commitAll()
    for _ in 0..<8 where bench.state(of: cid) == .quarantine {
      bench.fireOrPass(.outbox(cid))
      bench.answerList([listed("c1", last: "m1", at: 10)])
      bench.answer(Self.nothing, where: \.isPull)
      bench.commitAll()
    }
    let item = bench.core.outbox.items[cid]
    #expect(item?.state == .parked)
    #expect(item?.reason?.message.contains("older than a day") == true)
    #expect(item?.reason?.hint?.contains("fonana outbox retry \(cid)") == true)
  }

  @Test func theOutlookSaysWhoWaitsForWhat() {
    var bench = ready()
    let first = waiting(&bench)
    let second = bench.enqueue("second")
    bench.commitAll()
    let outlooks = bench.core.outlooks(at: bench.now)
    #expect(outlooks[first]?.wait == .server)
    #expect(outlooks[first]?.nextAttemptAt.map { $0 > bench.now.wall } == true)
    #expect(outlooks[second] == OutboxOutlook(.turn, behind: first))
  }
}
