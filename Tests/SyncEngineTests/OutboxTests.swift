import FonanaCore
import Testing

@testable import SyncEngine

/// What is sent when, and what becomes of it.
@Suite struct OutboxTests {
  private let c1 = ConversationID("c1")

  @Test func theIntentIsOnDiskBeforeThePost() {
    var bench = CoreBench.withTwoTalks()
    let cid = bench.enqueue("hello")
    #expect(bench.open(\.isSend).isEmpty)
    #expect(bench.state(of: cid) == .intent)
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func aSendIsAnsweredAfterItsCommit() {
    var bench = CoreBench.withTwoTalks()
    let wish = bench.wish(
      .enqueue(
        OutboxItem(
          cid: ClientID("x"), recipient: Recipient(text: "c1", conversationID: c1), content: "x",
          state: .queued, queuedAt: bench.now.wall)))
    #expect(bench.answers[wish] == nil)
    bench.commitAll()
    #expect(bench.answers[wish] != nil)
  }

  @Test func theNextItemWaitsForTheHead() {
    var bench = CoreBench.withTwoTalks()
    let first = bench.enqueue("one")
    let second = bench.enqueue("two")
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
    #expect(bench.state(of: second) == .queued)
    bench.confirm(first, as: "s1")
    #expect(bench.state(of: first) == nil)
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func conversationsDoNotWaitForEachOther() {
    var bench = CoreBench.withTwoTalks()
    _ = bench.enqueue("one", to: "c1")
    _ = bench.enqueue("two", to: "c2")
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 2)
  }

  @Test func notSentIsTriedAgainWithoutALook() {
    var bench = CoreBench.withTwoTalks()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(unreachable, where: \.isSend)
    bench.commitAll()
    #expect(bench.state(of: cid) == .queued)
    #expect(bench.open(\.isPull).isEmpty)
    bench.fire(.tick)  // the server is back
    bench.answer(.notifications([], unread: 0)) { $0 == .listNotifications(limit: 1) }
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func aSendWhoseTokenIsRefusedByTheRouteWaitsForABetterOne() {
    var bench = CoreBench.withTwoTalks()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(failure(401, error: "Invalid token"), where: \.isSend)
    bench.answer(failure(503), where: \.isToken)
    bench.commitAll()
    #expect(bench.state(of: cid) == .queued)
  }

  @Test(arguments: [400, 403, 404, 422])
  func aRefusalParksAndBlocksUntilItIsSkipped(status: Int) {
    var bench = CoreBench.withTwoTalks()
    let first = bench.enqueue("one")
    let second = bench.enqueue("two")
    bench.commitAll()
    bench.answer(failure(status, error: "no"), where: \.isSend)
    bench.commitAll()
    #expect(bench.state(of: first) == .parked)
    #expect(bench.state(of: second) == .queued)
    bench.wish(.outbox(.skip(first)))
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func aThrottledSendWaitsAsLongAsTheServerSays() {
    var bench = CoreBench.withTwoTalks()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(
      .failure(
        ServerFailure(.status, phase: .complete, status: 429, retryAfter: .seconds(90))),
      where: \.isSend)
    #expect(bench.timers[.outbox(cid)] == bench.now.boot + .seconds(90))
  }

  @Test func theOneBehindACancelledSendWaitsForTheServerToo() {
    var bench = CoreBench.withTwoTalks()
    let cids = ["first", "second"].map { bench.enqueue($0) }
    bench.commitAll()
    bench.answer(
      .failure(
        ServerFailure(.status, phase: .complete, status: 429, retryAfter: .seconds(90))),
      where: \.isSend)
    bench.commitAll()
    let end = bench.now.boot + .seconds(90)
    bench.wish(.outbox(.cancel(cids[0])))
    bench.commitAll()
    #expect(bench.open(\.isSend).isEmpty)
    #expect(bench.timers[.outbox(cids[1])] == end)
    bench.fire(.outbox(cids[1]))
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func anUnknownNameIsResolvedLaterAndThenSent() {
    var bench = CoreBench.withTwoTalks()
    let cid = ClientID("late")
    bench.wish(
      .enqueue(
        OutboxItem(
          cid: cid, recipient: Recipient(text: "@dora"), content: "hi", state: .unresolved,
          queuedAt: bench.now.wall)))
    bench.commitAll()
    bench.answer(.user(UserProfile(id: UserID("dora"), nickname: "dora"))) {
      $0 == .lookUpUser(.nickname("dora"))
    }
    bench.commitAll()
    bench.answer(.conversation(ConversationID("c9"), participants: [])) {
      $0 == .createConversation(with: UserID("dora"))
    }
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  /// A slow disk: one that knows its recipient from the start would pass it.
  @Test func aNameThatWasFoundWhileItsMessageWasWrittenIsNotLookedUpAgain() {
    var bench = CoreBench.withTwoTalks()
    let items = ["first", "second"].map {
      OutboxItem(
        cid: ClientID($0), recipient: Recipient(text: "@dora"), content: $0, state: .unresolved,
        queuedAt: bench.now.wall)
    }
    bench.wish(.enqueue(items[0]))
    bench.commitAll()
    bench.wish(.enqueue(items[1]))
    let lookUp = ServerRequest.lookUpUser(.nickname("dora"))
    bench.answer(.user(UserProfile(id: UserID("dora"), nickname: "dora"))) { $0 == lookUp }
    bench.commitAll()
    #expect(bench.open { $0 == lookUp }.isEmpty)
    #expect(bench.open { $0 == .createConversation(with: UserID("dora")) }.count == 1)
  }

  @Test func anImageIsUploadedOnce() {
    var bench = CoreBench.withTwoTalks()
    let cid = ClientID("image")
    bench.wish(
      .enqueue(
        OutboxItem(
          cid: cid, recipient: Recipient(text: "c1", conversationID: c1), content: nil,
          image: OutgoingImage(
            fileName: "f.png", contentType: "image/png", byteCount: 1, digest: "d"),
          state: .queued, queuedAt: bench.now.wall)))
    bench.commitAll()
    bench.answer(.uploaded(url: "/u.png")) { $0 == .uploadImage(fileName: "f.png") }
    bench.commitAll()
    bench.answer(unreachable, where: \.isSend)
    bench.commitAll()
    bench.fire(.tick)
    bench.answer(.notifications([], unread: 0)) { $0 == .listNotifications(limit: 1) }
    bench.commitAll()
    #expect(bench.open { if case .uploadImage = $0 { true } else { false } }.isEmpty)
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func nobodyLoggedInCanSendNothing() {
    var bench = CoreBench()
    bench.feed(.booted(StoreSnapshot(), nil))
    let wish = bench.wish(
      .enqueue(
        OutboxItem(
          cid: ClientID("x"), recipient: Recipient(text: "c1"), content: "x", state: .queued,
          queuedAt: bench.now.wall)))
    guard case .failed(let error)? = bench.answers[wish] else {
      Issue.record("it was accepted")
      return
    }
    #expect(error.code == .notLoggedIn)
  }

  @Test func aNetworkThatComesBackDoesNotEndWhatTheServerAskedFor() {
    var bench = CoreBench.withTwoTalks()
    _ = bench.enqueue("slowly")
    bench.commitAll()
    let busy = ServerFailure(
      .status, phase: .complete, status: 429, retryAfter: .seconds(600))
    bench.answer(.failure(busy), where: \.isSend)
    bench.commitAll()
    bench.fire(.tick)
    bench.answer(unreachable, where: \.isList)
    bench.answer(unreachable) { $0 == .listNotifications(limit: 1) }
    bench.fire(.tick)
    bench.answer(.notifications([], unread: 0)) { $0 == .listNotifications(limit: 1) }
    bench.commitAll()
    #expect(bench.open(\.isSend).isEmpty)
    bench.pass(.seconds(600))
    bench.fire(.tick)
    bench.commitAll()
    #expect(bench.open(\.isSend).count == 1)
  }

  @Test func aMissingAccountStopsSendingUntilTheServerKnowsItAgain() {
    var bench = CoreBench.withTwoTalks()
    let cid = bench.enqueue("hello")
    bench.commitAll()
    bench.answer(failure(404, error: "User not found"), where: \.isSend)
    bench.commitAll()
    #expect(bench.state(of: cid) == .queued, "it is neither lost nor parked")
    let status = bench.core.status(at: bench.now)
    #expect(status.token == .refused && status.lastServerError?.code == .refused)
    bench.pass(.seconds(600))
    bench.fire(.outbox(cid))
    #expect(bench.open(\.isSend).isEmpty)
    bench.fire(.tick)
    bench.answerList([listed("c1", last: "m1", at: 1), listed("c2", last: "n1", at: 1)])
    #expect(bench.open(\.isSend).count == 1)
    #expect(bench.core.status(at: bench.now).token == .valid)
  }
}
