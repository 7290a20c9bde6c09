import FonanaCore
import Testing

@testable import SyncEngine

@Suite struct ConnectionTests {
  private func connected(seed: UInt64 = 1) -> CoreBench {
    var bench = CoreBench.loggedIn(life: .seconds(86_400), seed: seed)
    bench.feed(.socket(bench.sockets[0], .opened))
    bench.feed(.socket(bench.sockets[0], .frame(.connected(CoreBench.me))))
    return bench
  }

  @Test func nothingIsSaidBeforeTheGreeting() {
    var bench = CoreBench.loggedIn()
    bench.feed(.socket(bench.sockets[0], .opened))
    #expect(bench.commands.isEmpty)
    bench.feed(.socket(bench.sockets[0], .frame(.connected(CoreBench.me))))
    #expect(bench.commands == [.subscribeToNotifications(CoreBench.me)])
    #expect(bench.core.status(at: bench.now).connection == .connected)
  }

  @Test func anotherUsersGreetingEndsTheConnection() {
    var bench = CoreBench.loggedIn()
    bench.feed(.socket(bench.sockets[0], .frame(.connected(UserID("stranger")))))
    #expect(bench.commands == [.close(abruptly: true)])
  }

  @Test func aPushOnlyMakesTheQuestionComeSooner() {
    var bench = connected()
    bench.answerList([])
    bench.answerList([])
    #expect(bench.open(\.isList).isEmpty)
    let acts = bench.allActs.count
    bench.feed(.socket(bench.sockets[0], .frame(.notification(userID: CoreBench.me, nil))))
    #expect(bench.open(\.isList).count == 1)
    #expect(bench.allActs.count == acts, "nothing of the push is stored")
  }

  @Test func aPushForSomebodyElseIsDropped() {
    var bench = connected()
    bench.answerList([])
    bench.answerList([])
    bench.feed(.socket(bench.sockets[0], .frame(.notification(userID: UserID("stranger"), nil))))
    #expect(bench.open(\.isList).isEmpty)
  }

  @Test func silenceEndsTheConnectionAndOpensANewOne() {
    var bench = connected()
    #expect(bench.timers[.silence] == bench.now.boot + .seconds(75))
    bench.fire(.silence)
    #expect(bench.commands.last == .close(abruptly: true))
    bench.fire(.reconnect)
    #expect(bench.sockets.count == 2)
  }

  @Test func a1008IsVerifiedOverHTTPFirst() {
    var bench = connected()
    bench.feed(.socket(bench.sockets[0], .closed(code: 1008, reason: "Unauthorized")))
    #expect(bench.open(\.isVerify).count == 1)
    #expect(bench.open(\.isToken).isEmpty)
    bench.answer(failure(401, error: "Invalid token"), where: \.isVerify)
    bench.answer(grant("token-2"), where: \.isToken)
    bench.fire(.reconnect)
    #expect(bench.sockets.count == 2)
  }

  @Test func aLateRefusalOfTheReplacedTokenRefreshesNothing() {
    var bench = connected()
    bench.feed(.socket(bench.sockets[0], .closed(code: 1008, reason: "Unauthorized")))
    bench.answer(failure(401, error: "Invalid token"), where: \.isList)
    bench.answer(grant("token-2"), where: \.isToken)
    bench.answer(failure(401, error: "Invalid token"), where: \.isVerify)
    #expect(bench.open(\.isToken).isEmpty)
    bench.fire(.reconnect)
    #expect(bench.sockets.count == 2)
  }

  @Test func a1008WithAGoodTokenBacksOff() {
    var bench = connected()
    bench.feed(.socket(bench.sockets[0], .closed(code: 1008, reason: "")))
    bench.answer(.tokenIsValid(userID: CoreBench.me, expiresAt: nil), where: \.isVerify)
    #expect(bench.sockets.count == 1)
    #expect(bench.timers[.reconnect] != nil)
  }

  @Test(arguments: 1...50 as ClosedRange<UInt64>)
  func anOutageSeesAtMostSixAttemptsInItsFirstMinute(seed: UInt64) {
    var bench = CoreBench(seed: seed)
    bench.feed(.booted(StoreSnapshot(account: CoreBench.account), CoreBench.credentials()))
    var attempts: [Duration] = []
    while bench.now.boot < .seconds(600), let socket = bench.sockets.popLast() {
      attempts.append(bench.now.boot)
      bench.feed(
        .socket(socket, .failed(ServerFailure(.noConnection, phase: .nothingWritten))))
      bench.fire(.reconnect)
    }
    #expect(attempts.count { $0 < .seconds(60) } <= 6)
    for minute in 1..<10 {
      let start = Duration.seconds(minute * 60)
      #expect(attempts.count { $0 >= start && $0 < start + .seconds(60) } <= 2)
    }
    #expect(attempts.count > 10, "it is never given up")
  }

  /// A platform that was restarted is not stormed: who is not used has 40 s.
  @Test func anUnusedClientTakesItsTimeAndOneInUseDoesNot() {
    var delays: [Bool: [Duration]] = [:]
    var steps: [Duration] = []
    for seed in 1...60 as ClosedRange<UInt64> {
      for isUsed in [false, true] {
        var bench = connected(seed: seed)
        bench.pass(.seconds(2 * 3600))
        if isUsed { bench.feed(.attentionBegan) }
        bench.feed(.socket(bench.sockets[0], .closed(code: 1006, reason: "")))
        let due = bench.timers[.reconnect] ?? .zero
        delays[isUsed, default: []].append(due - bench.now.boot)
        guard !isUsed else { continue }
        bench.fire(.reconnect)
        bench.feed(
          .socket(bench.sockets[1], .failed(ServerFailure(.noConnection, phase: .nothingWritten))))
        steps.append((bench.timers[.reconnect] ?? .zero) - bench.now.boot)
      }
    }
    #expect(delays[true]?.allSatisfy { $0 <= .seconds(8) } == true)
    #expect(delays[false]?.allSatisfy { $0 <= .seconds(40) } == true)
    #expect((delays[false]?.count { $0 > .seconds(10) } ?? 0) > 20)
    let even = Duration.seconds(38)...Duration.seconds(42)
    #expect(steps.allSatisfy(even.contains), "the spread of the first attempts stays")
  }

  @Test func signalsOfAnOldSocketAreIgnored() {
    var bench = connected()
    bench.fire(.silence)
    bench.feed(.socket(bench.sockets[0], .closed(code: 1000, reason: "")))
    #expect(bench.timers[.reconnect] != nil)
    #expect(bench.sockets.count == 1)
  }

  @Test func theSlotIsTakenAgainOnceAfterAnUncleanReconnect() throws {
    var bench = connected()
    bench.feed(.socket(bench.sockets[0], .closed(code: nil, reason: "")))
    bench.fire(.reconnect)
    bench.feed(.socket(bench.sockets[1], .frame(.connected(CoreBench.me))))
    #expect(bench.timers[.reassert] == bench.now.boot + .seconds(70))
    bench.fire(.reassert)
    bench.feed(.socket(bench.sockets[1], .closed(code: 1000, reason: "")))
    try #require(bench.sockets.count == 3)
    bench.feed(.socket(bench.sockets[2], .frame(.connected(CoreBench.me))))
    #expect(bench.timers[.reassert] == nil)
  }

  @Test func eightHoursOfSleepRenewTheConnectionAndAskForTheList() {
    var bench = connected()
    bench.answerList([listed("c1", last: "m1", at: 1)])
    bench.fire(.tick)
    #expect(bench.commands.last != .close(abruptly: false), "nobody has slept yet")
    bench.sleep(.seconds(8 * 3600))
    bench.fire(.tick)
    #expect(bench.stages.contains(.clockJumped))
    #expect(bench.commands.last == .close(abruptly: false))
    #expect(bench.open { $0 == .listConversations }.count == 1)
    bench.feed(.socket(bench.sockets[0], .closed(code: 1000, reason: "")))
    #expect(bench.sockets.count == 2)
  }

  /// Noticed at the next tick only, it began the tries of an outage once more.
  @Test func theFirstTimerAfterASleepRenewsTheConnectionAndTheTickDoesNot() throws {
    var bench = connected()
    bench.fire(.tick)
    bench.sleep(.seconds(900))
    bench.fire(.silence)
    #expect(bench.stages.contains(.clockJumped))
    bench.feed(.socket(bench.sockets[0], .closed(code: 1006, reason: "")))
    try #require(bench.sockets.count == 2)
    bench.feed(.socket(bench.sockets[1], .frame(.connected(CoreBench.me))))
    let told = bench.commands.count
    bench.fire(.tick)
    #expect(bench.commands.count == told && bench.sockets.count == 2)
  }

  @Test func aPauseIsAnsweredWhenNoSocketIsOpen() {
    var bench = connected()
    let pause = bench.wish(.pauseSocket(limit: .seconds(120)))
    #expect(bench.commands.last == .close(abruptly: false))
    #expect(bench.answers[pause] == nil, "it is still closing")
    bench.feed(.socket(bench.sockets[0], .closed(code: 1000, reason: "")))
    #expect(bench.answers[pause] != nil)
    bench.feed(.reconnectWanted)
    bench.fireOrPass(.reconnect)
    #expect(bench.sockets.count == 1, "nothing opens one while others try theirs")
    bench.wish(.resumeSocket)
    #expect(bench.sockets.count == 2)
    #expect(bench.timers[.socketPause] == nil)
  }

  @Test func aPauseThatNobodyEndsIsOverByItself() {
    var bench = connected()
    bench.wish(.pauseSocket(limit: .seconds(120)))
    bench.feed(.socket(bench.sockets[0], .closed(code: 1000, reason: "")))
    bench.fire(.socketPause)
    #expect(bench.sockets.count == 2)
  }

  @Test func aChangedNetworkIsTriedAtOnceAndAnOpenConnectionHasToAnswer() {
    var bench = CoreBench.loggedIn()
    bench.feed(
      .socket(bench.sockets[0], .failed(ServerFailure(.noConnection, phase: .nothingWritten))))
    #expect(bench.timers[.reconnect] != nil)
    bench.feed(.networkChanged)
    #expect(bench.sockets.count == 2 && bench.timers[.reconnect] == nil)
    bench.feed(.socket(bench.sockets[1], .frame(.connected(CoreBench.me))))
    bench.pass(.seconds(20))
    bench.commands = []
    bench.feed(.networkChanged)
    #expect(bench.commands == [.ping])
    #expect(bench.timers[.silence] == bench.now.boot + .seconds(10))
    bench.feed(.socket(bench.sockets[1], .alive))
    #expect(bench.timers[.silence] == bench.now.boot + .seconds(75), "it answers")
    bench.pass(.seconds(20))
    bench.feed(.networkChanged)
    bench.fire(.silence)
    #expect(bench.core.records.fresh.contains(.connectionLost("silent")))
  }
}
