import FonanaTestSupport
import Testing

extension RealBinaries {
  /// What a small fleet asks of the platform. The seeds are the same each time, and so are the
  /// numbers; `docs/scale.md` has those of large ones.
  @Suite(.enabled(if: Products.exists("fonana-sim"), "built by \"make test\""))
  struct FleetTests {
    private let simulator = Program(Products.path(of: "fonana-sim"))

    private func fleet(clients: Int, bar: String) async throws -> ProgramResult {
      try await simulator.run(
        ["fleet", "--clients", "\(clients)", "--outages", "30", "--bar", bar], limit: .seconds(60))
    }

    /// The number behind `words` in a line of `output`.
    private func number(after words: String, in output: Substring) throws -> Double {
      let rest = output[try #require(output.firstRange(of: words)).upperBound...]
      return try #require(Double(rest.prefix { $0.isNumber || $0 == "." }))
    }

    /// Of forty clients two in one second are many already: the bar is wider than for thousands.
    @Test func aFleetComesBackEvenlyAndAsksLittle() async throws {
      let result = try await fleet(clients: 40, bar: "5")
      #expect(result.status == 0, "\(result.output)\(result.errors)")
      let idle = try #require(
        result.output.split(separator: "\n").first { $0.contains(" 1000 clients") })
      // 220 requests a client in the first hour, 100 in each later one.
      #expect(try number(after: "first hour ", in: idle) <= 61.2)
      #expect(try number(after: "then ", in: idle) <= 27.8)
    }

    @Test func aPeakOverTheBarFails() async throws {
      let result = try await fleet(clients: 4, bar: "1")
      #expect(result.status == 1, "\(result.output)\(result.errors)")
    }
  }
}
