import FonanaCore
import FoundationEssentials
import Testing

@testable import SyncEngine

@Suite struct SessionTests {
  @Test func aValidStoredTokenMakesNoTokenRequest() {
    let bench = CoreBench.loggedIn()
    #expect(bench.open(\.isToken).isEmpty)
    #expect(bench.sockets.count == 1)
    #expect(bench.core.status(at: bench.now).token == .valid)
  }

  @Test func anExpiredStoredTokenIsReplacedAtOnce() {
    let bench = CoreBench.loggedIn(life: .seconds(-1))
    #expect(bench.open(\.isToken).count == 1)
  }

  @Test func withoutATokenNothingIsOpenedOrAsked() {
    var bench = CoreBench()
    bench.feed(.booted(StoreSnapshot(account: CoreBench.account), nil))
    #expect(bench.sockets.isEmpty)
    #expect(bench.requests.isEmpty)
    #expect(bench.core.status(at: bench.now).token == .missing)
  }

  @Test func aSecretFileThatCannotBeReadIsNoLogout() throws {
    var bench = CoreBench()
    var stored = CoreBench.credentials()
    (stored.token, stored.isUnreadable) = (nil, true)
    let recorded = try JSONDecoder().decode(
      StoredCredentials.self, from: try JSONEncoder().encode(stored))
    #expect(recorded == stored)
    bench.feed(.booted(StoreSnapshot(account: CoreBench.account), recorded))
    let cid = bench.enqueue("waits")
    #expect(bench.state(of: cid) == .queued)
    #expect(bench.sockets.isEmpty && bench.requests.isEmpty, "nothing is asked without a token")
    bench.wish(.logOut)
    #expect(bench.saved.last?.isUnreadable == false)
    #expect(!bench.core.session.isTokenUnreadable)
  }

  @Test func aTokenOfAnotherServerIsNotUsed() {
    var bench = CoreBench()
    var stored = CoreBench.credentials()
    stored.origin = "https://elsewhere.example"
    bench.feed(.booted(StoreSnapshot(account: CoreBench.account), stored))
    #expect(bench.sockets.isEmpty && bench.requests.isEmpty)
    #expect(bench.core.status(at: bench.now).token == .missing)
  }

  @Test func theTokenIsRefreshedAtEightyPercentOfItsLife() {
    var bench = CoreBench.loggedIn(life: .seconds(12))
    #expect(bench.timers[.refreshToken] == .milliseconds(9600))
    bench.fire(.refreshToken)
    #expect(bench.open(\.isToken).count == 1)
    bench.answer(grant("token-2", life: .seconds(24)), where: \.isToken)
    #expect(bench.saved.last?.token?.exposed == "token-2")
    #expect(bench.sockets.count == 1, "the connection goes on")
  }

  @Test func aHundredRefusalsMakeOneRefresh() {
    var bench = CoreBench.loggedIn()
    let before = bench.requests.count
    for _ in 0..<100 { bench.wish(.call(.listNotifications(limit: 9), patience: .seconds(60))) }
    #expect(bench.requests.count == before + 100)
    for _ in 0..<100 {
      bench.answer(failure(401, error: "Invalid token")) { $0 == .listNotifications(limit: 9) }
    }
    #expect(bench.open(\.isToken).count == 1)
    bench.answer(grant("token-2"), where: \.isToken)
    let again = bench.requests.filter { $0.request == .listNotifications(limit: 9) }
    #expect(again.count == 100)
    #expect(again.allSatisfy { $0.token == "token-2" })
  }

  @Test func aRouteThatRefusesAFreshTokenIsDegradedAlone() {
    var bench = CoreBench.loggedIn()
    bench.wish(.call(.listNotifications(limit: 9), patience: .seconds(60)))
    bench.answer(failure(401, error: "No")) { $0 == .listNotifications(limit: 9) }
    bench.answer(grant("token-2"), where: \.isToken)
    bench.answer(failure(401, error: "No")) { $0 == .listNotifications(limit: 9) }
    #expect(bench.open(\.isToken).isEmpty, "no second refresh for the same generation")
    #expect(bench.stages.contains(.routeDegraded))
    #expect(bench.core.session.canCall(.conversations, at: bench.now.boot))
    #expect(!bench.core.session.canCall(.notifications, at: bench.now.boot))
  }

  @Test func aTokenThatWorkedAndIsRevokedLaterIsReplacedAgain() {
    var bench = CoreBench.loggedIn()
    for generation in 2...4 {
      bench.wish(.call(.listNotifications(limit: 9), patience: .seconds(60)))
      bench.answer(failure(401, error: "No")) { $0 == .listNotifications(limit: 9) }
      bench.answer(grant("token-\(generation)"), where: \.isToken)
      bench.answer(.notifications([], unread: 0)) { $0 == .listNotifications(limit: 9) }
    }
    #expect(bench.saved.last?.token?.exposed == "token-4")
    #expect(!bench.stages.contains(.routeDegraded))
  }

  /// Two tokens came while its second try was on its way: it goes again with the newest.
  @Test func aSecondTryThatIsRefusedLateSaysNothingOfTheTokenThatIsHeld() {
    var bench = CoreBench.loggedIn()
    bench.wish(.call(.listNotifications(limit: 9), patience: .seconds(60)))
    bench.wish(.call(.listNotifications(limit: 8), patience: .seconds(60)))
    bench.answer(failure(401, error: "No")) { $0 == .listNotifications(limit: 9) }
    bench.answer(grant("token-2"), where: \.isToken)
    bench.answer(failure(401, error: "No")) { $0 == .listNotifications(limit: 8) }
    bench.answer(.notifications([], unread: 0)) { $0 == .listNotifications(limit: 8) }
    bench.wish(.call(.listNotifications(limit: 7), patience: .seconds(60)))
    bench.answer(failure(401, error: "No")) { $0 == .listNotifications(limit: 7) }
    bench.answer(grant("token-3"), where: \.isToken)
    bench.answer(failure(401, error: "No")) { $0 == .listNotifications(limit: 9) }
    #expect(bench.open(\.isToken).isEmpty)
    #expect(
      bench.requests.filter { $0.request == .listNotifications(limit: 9) }.map(\.token)
        == ["token-3"])
  }

  @Test func theSameRefusedBytesAreAFailedRefresh() {
    var bench = CoreBench.loggedIn()
    bench.answer(failure(401, error: "No"), where: \.isList)
    bench.answer(grant("token-1"), where: \.isToken)
    #expect(bench.stages.contains(.tokenRequestFailed))
    #expect(bench.timers[.refreshToken] != nil)
  }

  @Test func aRefreshThatAnswersForAnotherUserIsRefused() {
    var bench = CoreBench.loggedIn()
    bench.answer(failure(401, error: "No"), where: \.isList)
    bench.answer(grant("token-2", user: UserID("stranger")), where: \.isToken)
    #expect(bench.stages.contains(.tokenOfAnotherUser))
    #expect(bench.core.session.token?.value.exposed == "token-1")
  }

  @Test func aLoginAsSomebodyElseIsRefused() throws {
    var bench = CoreBench.loggedIn()
    let wish = bench.wish(.logIn(wallet: "wallet", keepNew: true))
    bench.answer(grant("token-2", user: UserID("stranger")), where: \.isToken)
    guard case .failed(let error)? = bench.answers[wish] else {
      Issue.record("the login went through")
      return
    }
    #expect(error.code == .wrongAccount)
    #expect(error.hint?.contains("--profile") == true)
  }

  /// The server makes an account for any wallet that asks for a token.
  @Test func aLoginWithAnotherWalletIsRefusedBeforeTheServerIsAsked() {
    var bench = CoreBench.loggedIn()
    let wish = bench.wish(.logIn(wallet: "other", keepNew: true))
    #expect(bench.open(\.isToken).isEmpty)
    guard case .failed(let error)? = bench.answers[wish] else {
      Issue.record("no answer")
      return
    }
    #expect(error.code == .wrongAccount)
  }

  @Test func aLoginIsAnsweredAfterTheAccountIsOnDisk() {
    var bench = CoreBench()
    bench.feed(.booted(StoreSnapshot(), nil))
    let wish = bench.wish(.logIn(wallet: "wallet", keepNew: false))
    bench.answer(grant("token-1"), where: \.isToken)
    #expect(bench.answers[wish] == nil)
    bench.commitAll()
    guard case .loggedIn(let result)? = bench.answers[wish] else {
      Issue.record("no login")
      return
    }
    #expect(result.account.userID == CoreBench.me)
    #expect(bench.sockets.count == 1)
  }

  @Test func afterALogoutALoginStartsTheTicksAgain() {
    var bench = CoreBench.loggedIn()
    bench.wish(.logOut)
    #expect(bench.timers[.tick] == nil)
    bench.wish(.logIn(wallet: "wallet", keepNew: false))
    bench.answer(grant("token-2"), where: \.isToken)
    bench.commitAll()
    #expect(bench.timers[.tick] != nil)
  }

  @Test func aLogoutIsNotUndoneByATokenThatWasAskedForBefore() {
    var bench = CoreBench.loggedIn(life: .seconds(12))
    bench.fire(.refreshToken)
    bench.wish(.logOut)
    bench.answer(grant("token-2"), where: \.isToken)
    #expect(bench.core.session.token == nil)
    #expect(bench.saved.last?.token == nil)
  }

  @Test func aLoginRightAfterALogoutOpensTheSocket() throws {
    var bench = CoreBench.loggedIn()
    let socket = try #require(bench.sockets.last)
    bench.wish(.logOut)
    bench.wish(.logIn(wallet: "wallet", keepNew: true))
    bench.answer(grant("token-2"), where: \.isToken)
    bench.commitAll()
    #expect(bench.sockets.count == 1, "the old one has not ended yet")
    bench.feed(.socket(socket, .closed(code: 1000, reason: "")))
    #expect(bench.sockets.count == 2)
  }
}
