import FonanaCore
import FoundationEssentials
import Testing

@testable import SyncEngine

@Suite struct RecordsTests {
  private let start = Timestamp(milliseconds: 1_800_000_000_000)

  @Test func aDayIsKeptAndNoMore() {
    var history = ConnectionHistory()
    for quarter in 0..<300 {
      history.note(.attempted, at: start + .seconds(900 * quarter))
    }
    let now = start + .seconds(900 * 299)
    let day = history.lastDay(at: now)
    #expect(day.count == 97 && day.last?.from == now && day.allSatisfy { $0.attempts == 1 })
    #expect(history.lastDay(at: now + .seconds(200_000)).isEmpty)
  }

  @Test func reasonsAreCountedAndBounded() throws {
    var history = ConnectionHistory()
    for number in 0..<20 { history.note(.failed("reason \(number % 12)"), at: start) }
    history.note(.lost("reason 0"), at: start - .seconds(86_400))
    let period = try #require(history.lastDay(at: start).first)
    #expect(period.failed == 20 && period.lost == 1, "a clock set back adds to the newest period")
    #expect(period.reasons.count == 9 && period.reasons["other"] == 4)
    #expect(period.reasons["reason 0"] == 3)
  }

  @Test func quantilesAreOfTheNewest() {
    var series = LatencySeries()
    #expect(series.quantile(0.5) == nil)
    for value in 1...100 { series.add(.milliseconds(value)) }
    #expect(series.quantile(0.5) == .milliseconds(50))
    #expect(series.quantile(0.99) == .milliseconds(99))
    for _ in 0..<512 { series.add(.seconds(1)) }
    #expect(series.quantile(0) == .seconds(1) && series.count == 612)
  }

  @Test func theConnectionsStoryIsTold() throws {
    var bench = CoreBench.loggedIn()
    bench.feed(.socket(bench.sockets[0], .failed(ServerFailure(.timeout, phase: .nothingWritten))))
    bench.fire(.reconnect)
    bench.feed(.socket(bench.sockets[1], .opened))
    bench.feed(.socket(bench.sockets[1], .frame(.connected(CoreBench.me))))
    bench.feed(.socket(bench.sockets[1], .closed(code: 1006, reason: "")))
    let periods = bench.core.records.history(at: bench.now).lastDay(at: bench.now.wall)
    #expect(periods.map(\.attempts).reduce(0, +) == 2)
    #expect(periods.map(\.succeeded).reduce(0, +) == 1)
    #expect(periods.map(\.failed).reduce(0, +) == 1 && periods.map(\.lost).reduce(0, +) == 1)
    let reasons = periods.flatMap { $0.reasons.keys.sorted() }
    #expect(reasons == ["closed-1006", "timeout"])
    #expect(periods.reduce(Duration.zero) { $0 + $1.connected } == .zero, "no time has passed")
  }

  @Test func theTimeOfAConnectionIsSharedOutToItsPeriods() {
    var history = ConnectionHistory()
    let quarter = start  // the start of a period
    history.note(.succeeded, at: quarter + .seconds(100))
    history.noteConnected(for: .seconds(2000), until: quarter + .seconds(2100))
    let day = history.lastDay(at: quarter + .seconds(2100))
    #expect(day.map(\.from) == [quarter, quarter + .seconds(900), quarter + .seconds(1800)])
    #expect(day.map(\.connected) == [.seconds(800), .seconds(900), .seconds(300)])
    #expect(day.map(\.succeeded) == [1, 0, 0])
    history.noteConnected(for: .seconds(7 * 86_400), until: quarter + .seconds(2700))
    let full = history.lastDay(at: quarter + .seconds(2699))
    #expect(full.count == 96 && full.allSatisfy { $0.connected <= .seconds(1800) })
  }

  @Test func aConnectionCountsWhileItStandsAndNotWhileTheMachineSleeps() {
    var bench = CoreBench.loggedIn()
    bench.feed(.socket(bench.sockets[0], .opened))
    bench.feed(.socket(bench.sockets[0], .frame(.connected(CoreBench.me))))
    bench.pass(.seconds(40))
    bench.now.boot += .seconds(500)
    bench.now.wall = bench.now.wall + .seconds(500)
    #expect(bench.core.records.connectedTime(at: bench.now) == .seconds(40))
    bench.feed(.socket(bench.sockets[0], .closed(code: 1001, reason: "")))
    bench.pass(.seconds(60))
    #expect(bench.core.records.connectedTime(at: bench.now) == .seconds(40))
    let day = bench.core.records.history(at: bench.now).lastDay(at: bench.now.wall)
    #expect(day.reduce(Duration.zero) { $0 + $1.connected } == .seconds(40))
  }

  @Test func whatIsCountedIsToldOnceTurnByTurn() {
    var bench = CoreBench.loggedIn()
    bench.feed(.socket(bench.sockets[0], .opened))
    #expect(bench.core.records.fresh.isEmpty)
    bench.feed(.socket(bench.sockets[0], .frame(.connected(CoreBench.me))))
    #expect(bench.core.records.fresh == [.connected(isAgain: false)])
    bench.feed(.socket(bench.sockets[0], .closed(code: nil, reason: "")))
    #expect(bench.core.records.fresh == [.connectionLost("closed-none")])
    bench.fire(.reconnect)
    bench.feed(.reconnectWanted)
    #expect(bench.core.records.fresh == [.connectionGivenUp])
    bench.feed(.socket(bench.sockets[1], .closed(code: nil, reason: "")))
    #expect(bench.core.records.fresh.isEmpty, "an end of ours is no loss")
    bench.feed(.socket(bench.sockets[2], .frame(.connected(CoreBench.me))))
    #expect(bench.core.records.fresh == [.connected(isAgain: true)])
  }

  @Test func aRefreshIsCountedByItsCause() {
    var bench = CoreBench.loggedIn(life: .seconds(100))
    bench.fire(.refreshToken)
    bench.answer(unreachable) { $0.isToken }
    #expect(bench.core.records.fresh.contains(.tokenRequested(.scheduled, outcome: "unreachable")))
    bench.fire(.refreshToken)
    bench.answer(grant("token-2")) { $0.isToken }
    #expect(
      bench.core.records.fresh.contains(.tokenRequested(.scheduled, outcome: "ok")),
      "a second try has the cause of the first")
    bench = CoreBench.loggedIn()
    bench.feed(.socket(bench.sockets[0], .frame(.connected(CoreBench.me))))
    bench.answer(failure(401, error: "Invalid token")) { $0.isList }
    bench.answer(grant("token-3")) { $0.isToken }
    #expect(bench.core.records.fresh.contains(.tokenRequested(.refused, outcome: "ok")))
  }

  @Test func theHistoryGoesOnAfterARestart() throws {
    var history = ConnectionHistory()
    history.note(.attempted, at: start)
    let text = try JSONEncoder().encode(history)
    let records = Records(try JSONDecoder().decode(ConnectionHistory.self, from: text))
    let now = Times(monotonic: .zero, boot: .zero, wall: start + .seconds(3600))
    #expect(records.history(at: now) == history)
  }

  @Test func aSendIsMeasuredWhenItIsConfirmed() {
    var records = Records()
    var now = Times(monotonic: .zero, boot: .zero, wall: start)
    records.posted(ClientID("a"), at: now)
    records.posted(ClientID("b"), at: now)
    now.boot = .milliseconds(40)
    records.answered(ClientID("a"), isConfirmed: true, at: now)
    records.answered(ClientID("b"), isConfirmed: false, at: now)
    #expect(records.sendRoundTrip.count == 1)
    #expect(records.sendRoundTrip.quantile(0.5) == .milliseconds(40))
  }

  @Test func whatHappensToTheMachineStandsInTheHistory() throws {
    var bench = CoreBench.loggedIn()
    bench.fire(.tick)
    bench.now.wall = bench.now.wall + .seconds(3600)
    bench.fire(.tick)
    bench.now.boot += .seconds(700)
    bench.now.wall = bench.now.wall + .seconds(700)
    bench.fire(.tick)
    bench.feed(.networkChanged)
    bench.feed(.networkChanged)  // a burst is one change
    let periods = bench.core.records.history(at: bench.now).lastDay(at: bench.now.wall)
    var incidents: [ConnectionHistory.Incident: Int] = [:]
    for period in periods { incidents.merge(period.incidents) { $0 + $1 } }
    #expect(incidents == [.clockSet: 1, .slept: 1, .networkChanged: 1])
    #expect(bench.stages.count { $0 == .clockJumped } == 2)
  }
}
