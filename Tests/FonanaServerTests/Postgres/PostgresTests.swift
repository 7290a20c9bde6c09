import FonanaTestSupport
import Testing

@testable import FonanaServer

/// The reference server's paging, ties, cursors and unread counts against the same queries on the
/// database that the real server has: an independent check of the model that all else rests on.
@Suite(.timeLimit(.minutes(15)))
struct PostgresTests {
  private static let wanted = 2_000
  private static let batch = 200

  @Test(.enabled(if: Postgres.root != nil, "PostgreSQL is fetched by \"make deps\""))
  func theReferenceServerAnswersAsPostgreSQLDoes() async throws {
    let (cases, questions) = try await Postgres.run { postgres in
      let world = World.empty()
      var (cases, questions) = (0, 0)
      _ = try await postgres.answers(to: TwinCase.schema)
      while cases < Self.wanted {
        questions += try await Self.compare(cases..<cases + Self.batch, in: world, postgres)
        cases += Self.batch
      }
      return (cases, questions)
    }
    print("PostgreSQL: \(cases) cases, \(questions) questions")
    #expect(questions > cases)
  }

  /// How many questions were asked of both.
  private static func compare(
    _ numbers: Range<Int>, in world: World, _ postgres: Postgres
  ) async throws -> Int {
    var script = "BEGIN;\n"
    var answers: [(number: Int, answer: TwinAnswer)] = []
    var others: [String] = []
    for number in numbers {
      var life = TwinCase(seed: UInt64(number), in: world, others: others)
      life.run()
      script += life.statements
      answers += life.answers.map { (number, $0) }
      others = Array(life.ids.suffix(3))
    }
    let lines = try await postgres.answers(to: script + "COMMIT;\n")
    try #require(lines.count == answers.count)
    for (line, (number, answer)) in zip(lines, answers) {
      if let difference = answer.difference(from: line) {
        Issue.record("case \(number): \(difference)")
      }
    }
    return lines.count
  }

  @Test func aDifferenceIsSeen() {
    let rows = [(9, "c"), (5, "b")].map { TwinAnswer.Row(createdAt: $0, id: $1) }
    let all = Set(rows + [TwinAnswer.Row(createdAt: 5, id: "a")])
    let page = TwinAnswer.page(rows, hasMore: true, from: all)
    #expect(page.difference(from: "true|9:c 5:b") == nil)
    #expect(page.difference(from: "true|9:c 5:a") == nil, "ties come in any order")
    for line in ["false|9:c 5:b", "true|9:c", "true|5:b 9:c", "true|9:c 5:c", "true|9:x 5:b", ""] {
      #expect(page.difference(from: Substring(line)) != nil, "\(line)")
    }
    #expect(TwinAnswer.line("1 x").difference(from: "2 x") != nil)
  }
}
