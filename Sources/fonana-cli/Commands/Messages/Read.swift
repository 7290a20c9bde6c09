import ArgumentParser
import ControlProtocol
import FonanaCore

struct Read: QuickCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show messages, oldest first, and mark them read.",
    discussion: """
      Examples:  fonana read alice
                 fonana read alice --since yesterday --peek
                 fonana read --unread

      Fetching messages from the server gives the other side a read tick for the whole \
      conversation; --peek shows only what is here already.
      """)

  @Argument(
    help: "Whose messages; without it, of unread conversations.",
    completion: Names.completion)
  var who: String?

  @Option(
    name: [.customShort("n", allowingJoined: true), .customLong("limit")],
    help: "At most this many messages.")
  var limit: Int?

  @Flag(help: "Only unread ones.")
  var unread = false

  @Option(help: ArgumentHelp("Only newer ones.", valueName: "time"))
  var since: String?

  @Option(help: ArgumentHelp("Only those older than this message.", valueName: "id"))
  var before: String?

  @Flag(
    help: "The history, as far as one answer holds it; without WHO, all unread conversations.")
  var all = false

  @Flag(name: [.customShort("f"), .long], help: "Go on with what comes.")
  var follow = false

  @Flag(help: "Ask nothing of the server, mark nothing read.")
  var peek = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if before != nil, who == nil { throw ValidationError("--before needs WHO") }
    if follow, who == nil { throw ValidationError("--follow needs WHO") }
    if let limit, limit < 1 { throw ValidationError("-n must be at least 1") }
  }

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let request = try request(context.output.style)
    if follow { return try Following(request, context).run() }
    return try Self.show(request, context)
  }

  static func quickly(_ arguments: [String]) -> QuickStart? {
    guard let words = QuickWords(arguments, flags: ["--peek"], values: ["-n", "--limit"]),
      words.plain.count == 1
    else { return nil }
    let limit = words.limit(in: 1...Int.max)
    guard words.values.isEmpty || limit != nil else { return nil }
    let request = ConversationReadRequest(
      who: words.plain[0], limit: limit, peek: words.flags.contains("--peek"))
    return QuickStart(global: words.global) { context throws(FonanaError) in
      try show(request, context)
    }
  }

  private static func show(
    _ request: ConversationReadRequest, _ context: Context
  ) throws(FonanaError) -> ExitStatus {
    try ReadConsent(request, context).ask()
    let result = try context.call(
      Calls.read, request, patience: .seconds(60), showsNews: !request.peek)
    if request.all, result.more > 0 {
      try context.output.render(WholeReading(result: result), paged: true)
    } else {
      try context.output.render(result, paged: true)
    }
    context.output.remark(reading: result)
    if request.before != nil, !request.peek, let unread = result.conversation?.unread, unread > 0 {
      let count = DisplayText.count(unread, "unread message")
      context.output.note("(\(count) not shown, so nothing was fetched or marked)")
    }
    return .done
  }

  private func request(_ style: TextStyle) throws(FonanaError) -> ConversationReadRequest {
    let since =
      if let since {
        Optional(try TimeArgument.parse(since, now: style.now, zone: style.zone))
      } else {
        Timestamp?.none
      }
    return ConversationReadRequest(
      who: who, limit: limit, unreadOnly: unread, since: since,
      before: before.map { MessageID($0) }, all: all, peek: peek)
  }
}

extension Output {
  /// What a reader must know beside the messages.
  func remark(reading result: ReadResult) {
    guard !isJSON else { return }
    if result.messages.isEmpty, style.isTerminal { note("Nothing to read.") }
    if result.alsoMarked > 0 {
      note("(\(result.alsoMarked) more \(result.alsoMarked == 1 ? "was" : "were") marked read)")
    }
    remark(result.freshness)
  }
}
