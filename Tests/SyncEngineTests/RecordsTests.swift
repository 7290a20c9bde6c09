import FonanaCore
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
    let periods = bench.core.records.connections.lastDay(at: bench.now.wall)
    #expect(periods.map(\.attempts).reduce(0, +) == 2)
    #expect(periods.map(\.succeeded).reduce(0, +) == 1)
    #expect(periods.map(\.failed).reduce(0, +) == 1 && periods.map(\.lost).reduce(0, +) == 1)
    let reasons = periods.flatMap { $0.reasons.keys.sorted() }
    #expect(reasons.contains { $0.contains("1006") }, "\(reasons)")
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
}
