import ArgumentParser
import ControlProtocol
import FonanaCore

struct Search: QuickCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find messages by their text, newest first.",
    discussion: """
      Examples:  fonana search invoice
                 fonana search '"good morning"' --from alice --since 30d
                 fonana search 'photo*' --media --by relevance

      Every word must be there, in any order and case, with or without accents. Quotes hold \
      words together, and a * stands for any ending. What has not been fetched yet is not found.
      """)

  @Argument(help: "Words.")
  var query: [String]

  @Option(
    name: .customLong("in"), help: ArgumentHelp("Only in this conversation.", valueName: "who"),
    completion: Names.completion)
  var inside: String?

  @Option(
    help: ArgumentHelp("Only of this person; “me” for your own.", valueName: "who"),
    completion: Names.completion)
  var from: String?

  @Option(help: ArgumentHelp("Only newer ones.", valueName: "time"))
  var since: String?

  @Option(help: ArgumentHelp("Only older ones.", valueName: "time"))
  var until: String?

  @Flag(help: "Only with an image or another file.")
  var media = false

  @Flag(help: "Only paid messages.")
  var paid = false

  @Option(help: ArgumentHelp("time or relevance.", valueName: "order"))
  var by = "time"

  @Flag(help: "The query is an expression of SQLite's FTS5.")
  var raw = false

  @Option(
    name: [.customShort("n", allowingJoined: true), .customLong("limit")],
    help: "At most this many messages.")
  var limit = 20

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if limit < 1 || limit > 500 { throw ValidationError("-n must be from 1 to 500") }
    if SearchRequest.Order(rawValue: by) == nil {
      throw ValidationError("--by must be time or relevance")
    }
  }

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    try Self.show(try request(context.output.style), context)
  }

  static func quickly(_ arguments: [String]) -> QuickStart? {
    guard let words = QuickWords(arguments, values: ["-n", "--limit"]), !words.plain.isEmpty else {
      return nil
    }
    let limit = words.limit(in: 1...500)
    guard words.values.isEmpty || limit != nil else { return nil }
    let request = SearchRequest(query: words.plain.joined(separator: " "), limit: limit ?? 20)
    return QuickStart(global: words.global) { context throws(FonanaError) in
      try show(request, context)
    }
  }

  private static func show(
    _ request: SearchRequest, _ context: Context
  ) throws(FonanaError) -> ExitStatus {
    let result = try context.call(Calls.search, request)
    try context.output.render(result, paged: true)
    context.output.remark(found: result)
    return .done
  }

  private func request(_ style: TextStyle) throws(FonanaError) -> SearchRequest {
    SearchRequest(
      query: query.joined(separator: " "), isRaw: raw, inside: inside, from: from,
      since: try instant(since, style), until: try instant(until, style), withMediaOnly: media,
      paidOnly: paid, order: SearchRequest.Order(rawValue: by) ?? .time, limit: limit)
  }

  private func instant(_ text: String?, _ style: TextStyle) throws(FonanaError) -> Timestamp? {
    guard let text else { return nil }
    return try TimeArgument.parse(text, now: style.now, zone: style.zone)
  }
}

extension Output {
  /// What a reader must know beside the matches.
  fileprivate func remark(found result: SearchResult) {
    guard !isJSON else { return }
    if result.matches.isEmpty { note("Nothing was found.") }
    let more = result.total - result.matches.count
    if more > 0 { note("(\(more) more; see -n and --until)") }
    remark(result.freshness)
  }
}
