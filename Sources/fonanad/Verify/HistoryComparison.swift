import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// Compares the whole history of one conversation, page by page; of the mirror no more than a page
/// is in memory, and the ids, with hashes of the texts where something is unread.
struct HistoryComparison {
  private static let patience = Duration.seconds(60)
  private static let firstPage = 100
  private static let largestPage = 64_000

  private let conversation: ConversationID
  private let who: String
  private let hasUnread: Bool
  /// What is younger came while the conversation was compared.
  private let newest: MessagePosition?
  private let context: DaemonContext
  private var seen: Set<MessageID> = []
  private var notFetched = 0
  /// The mirror as it was before the unread messages came, and what differed with them.
  private var former: MirroredHistory?
  private(set) var differences: [VerifyDifference] = []

  /// Of the server's messages, those that a person has forgotten here: they are not compared.
  private(set) var forgotten = 0
  /// Of the server's messages.
  var compared: Int { seen.count - forgotten }

  init(of listed: ListedConversation, context: DaemonContext) {
    conversation = listed.id
    who = ParticipantInfo(listed.participant).name
    hasUnread = listed.unread > 0
    newest = listed.last?.position
    self.context = context
  }

  /// What is unread is fetched as for a reader first: comparing marks it read at the server, which
  /// says only once that it was not. What the mirror had until then is compared as it was.
  mutating func run() async throws(FonanaError) {
    if try await isUnread() {
      former = try await context.store.mirroredHistory(of: conversation)
      _ = await context.engine.prepareRead(conversation, wantsAll: true, patience: Self.patience)
    }
    let here = try await context.store.messageIDs(in: conversation)
    var cursor: MessagePosition?
    var limit = Self.firstPage
    while true {
      let page = try await page(limit, before: cursor)
      let span = PageSpan(page, askedWith: cursor)
      guard !span.cursorWasIgnored else { throw Self.changing }
      try await compare(page)
      if span.reachesBeginning { break }
      if let next = span.nextCursor { cursor = next } else { limit *= 2 }
      guard limit <= Self.largestPage else { throw Verification.otherAnswer }
    }
    findWhatIsOnly(here)
    if notFetched > 0 { note(.notFetched, server: "\(notFetched)", here: "0") }
  }

  /// The list may be older than what has come since.
  private func isUnread() async throws(FonanaError) -> Bool {
    guard !hasUnread else { return true }
    let id = conversation
    return try await context.store.view(mode: context.mode) { view in
      try view.conversation(id).map { $0.unread > 0 } ?? false
    }
  }

  private func page(
    _ limit: Int, before cursor: MessagePosition?
  ) async throws(FonanaError) -> MessagePage {
    let reply = try await context.engine.call(
      .listMessages(conversation, limit: limit, before: cursor?.id, stopAt: nil),
      patience: Self.patience)
    guard case .page(let page) = reply else { throw Verification.otherAnswer }
    return page
  }

  private static let changing = FonanaError(
    .conflict, "A message was deleted while its conversation was compared.", hint: "Try again.",
    retryable: true)

  private mutating func compare(_ page: MessagePage) async throws(FonanaError) {
    let news = page.messages.filter { !seen.contains($0.id) }
    let mirrored = try await context.store.mirrored(news.map(\.id), in: conversation)
    for message in news {
      seen.insert(message.id)
      if let floor = mirrored.coverage.floor, message.createdAt < floor {
        forgotten += 1
        continue
      }
      if let newest, message.position > newest { continue }
      if compareWithFormer(message) { continue }
      compare(message, mirrored.rows[message.id], mirrored.coverage)
    }
  }

  /// False when the mirror did not claim to know that message.
  private mutating func compareWithFormer(_ message: ServerMessage) -> Bool {
    guard let former else { return false }
    let entry = former.entries[message.id]
    guard entry?.isWhole == true || former.coverage.claims(message.position) else { return false }
    if let entry, entry.isWhole {
      if let text = message.content, !entry.holds(text) { note(.text, message: message.id) }
    } else {
      note(.messageNotHere, message: message.id)
    }
    return true
  }

  private mutating func compare(
    _ message: ServerMessage, _ row: MirrorMessage?, _ coverage: Coverage
  ) {
    if !coverage.claims(message.position), row?.isComplete != true {
      notFetched += 1
    } else if let row, !row.isDeleted, row.isComplete {
      // A locked text comes as null; one that is known here stays.
      if let text = message.content, row.content != text { note(.text, message: message.id) }
    } else {
      note(.messageNotHere, message: message.id)
    }
  }

  private mutating func findWhatIsOnly(_ here: [MessageID]) {
    let former = former?.entries.filter(\.value.isThere).keys
    for id in Set(here + (former.map(Array.init) ?? [])).subtracting(seen).sorted() {
      note(.messageNotAtServer, message: id)
    }
  }

  private mutating func note(
    _ kind: VerifyDifference.Kind, message: MessageID? = nil, server: String? = nil,
    here: String? = nil
  ) {
    differences.append(
      VerifyDifference(
        kind, in: conversation, who: who, message: message, server: server, here: here))
  }
}
