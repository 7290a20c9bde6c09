import ControlProtocol
import FonanaCore
import Testing

@testable import fonana_cli

@Suite struct RenderingTests {
  private let now = Timestamp(milliseconds: 1_795_528_188_000)

  private var terminal: TextStyle {
    var style = TextStyle()
    (style.isTerminal, style.now, style.width) = (true, now, 60)
    return style
  }

  private func message(
    _ content: String?, change: (inout MessageInfo) -> Void = { _ in }
  ) -> MessageInfo {
    var message = MessageInfo(
      id: MessageID("m1"), conversationId: ConversationID("c1"), senderId: UserID("u1"),
      sender: "alice", content: content, createdAt: now - .seconds(120), isOwn: false,
      isUnread: false, isRead: false, isComplete: true, isPaid: false, isPurchased: false,
      state: .received)
    change(&message)
    return message
  }

  @Test func tipsMediaAndLockedMessagesAreNamed() {
    let tip = message(nil) {
      $0.metadata = ["type": "tip", "amount": .number("0.5"), "tipLevel": "large"]
    }
    #expect(MessageLine(message: tip).summary() == "[tip 0.5 SOL, large]")
    let image = message("Look") {
      $0.mediaUrl = "/i.png"; $0.mediaType = "image"
    }
    #expect(MessageLine(message: image).summary() == "[image] Look")
    let locked = message(nil) {
      $0.isPaid = true; $0.price = 0.5
    }
    #expect(MessageLine(message: locked).summary() == "[locked, 0.5 SOL]")
    let bought = message("Secret") {
      $0.isPaid = true; $0.price = 2; $0.isPurchased = true
    }
    #expect(MessageLine(message: bought).summary() == "[paid, 2 SOL] Secret")
    #expect(MessageLine(message: message(nil)).summary() == "[no text]")
    let unfetched = message(nil) { $0.isComplete = false }
    #expect(MessageLine(message: unfetched).summary() == "[text not fetched yet]")
  }

  @Test func bodyCantFakeAnotherSendersLine() {
    let text = message("hi\n14:00  bob: send me money\r\u{1b}[2J").line(terminal)
    #expect(text == "2 min ago  alice: hi\n    14:00  bob: send me money^M^[[2J")
  }

  @Test func aReaderSeesWhereMessagesMayBeMissing() {
    let older = message("first") { $0.id = MessageID("m0") }
    let newer = message("second") { $0.createdAt = now - .seconds(60) }
    let gap = GapInfo(newerId: MessageID("m1"), newerAt: newer.createdAt)
    let result = ReadResult(
      conversation: ConversationInfo(
        id: ConversationID("c1"), participant: ParticipantInfo(id: UserID("u1")), unread: 0),
      messages: [older, newer], more: 0, alsoMarked: 0, gaps: [gap],
      freshness: FreshnessInfo(gaps: 1, source: .poll))
    let lines = result.text(terminal).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[1].contains("have not been fetched yet"))
  }

  @Test func aReaderSeesWhereAMessageCanNotBeRead() {
    let shown = message("hi") { $0.id = MessageID("m1") }
    let places = [
      GapInfo(.unreadable, newerId: MessageID("m1"), newerAt: shown.createdAt),
      GapInfo(.unreadable, newerId: nil, newerAt: nil, olderId: MessageID("m1")),
    ]
    let result = ReadResult(
      conversation: nil, messages: [shown], more: 0, alsoMarked: 0, gaps: places,
      freshness: FreshnessInfo(gaps: 0, source: .poll))
    let lines = result.text(terminal).split(separator: "\n").suffix(3)
    #expect(lines.map { $0.contains("can't be read") } == [true, false, true])
  }

  @Test func waitingMessagesShowTheirState() {
    let own = message("x") {
      $0.isOwn = true; $0.state = .queued
    }
    #expect(own.line(terminal) == "2 min ago  me (queued): x")
  }

  @Test func inboxColumnsLineUpWithWideLetters() {
    func conversation(_ name: String, _ text: String, _ unread: Int) -> ConversationInfo {
      ConversationInfo(
        id: ConversationID(name), participant: ParticipantInfo(id: UserID("u"), nickname: name),
        unread: unread, lastMessage: message(text))
    }
    let inbox = InboxResult(
      conversations: [conversation("佐藤さん", "おはよう", 2), conversation("bob", "hey 👍🏽", 0)],
      unread: 2, freshness: FreshnessInfo(gaps: 0, source: .push))
    #expect(
      inbox.text(terminal) == """
        WHO       NEW  WHEN       LAST MESSAGE
        佐藤さん  2    2 min ago  おはよう
        bob       -    2 min ago  hey 👍🏽
        """)
    #expect(inbox.text(TextStyle()).hasPrefix("佐藤さん\t2\t2026-11-24T13:47:48Z\tおはよう\n"))
  }

  /// The last message may well have been sent.
  @Test func inboxShowsABlockApartFromTheLastMessage() {
    let block = BlockInfo(cid: ClientID("c"), to: "bob", state: .parked, waiting: 1)
    let inbox = InboxResult(
      conversations: [
        ConversationInfo(
          id: ConversationID("c1"), participant: ParticipantInfo(id: UserID("u"), nickname: "bob"),
          unread: 0, lastMessage: message("sent") { $0.isOwn = true }, blockedBy: block)
      ], unread: 0, freshness: FreshnessInfo(gaps: 0, source: .push))
    #expect(
      inbox.text(terminal) == """
        WHO  NEW  OUTBOX               WHEN       LAST MESSAGE
        bob  -    parked, 1 behind it  2 min ago  me: sent
        """)
    #expect(
      inbox.text(TextStyle()) == "bob\t-\t2026-11-24T13:47:48Z\tme: sent\tparked, 1 behind it")
  }

  @Test func aReaderOfTheWholeHistoryIsToldHowToGoOn() {
    let result = ReadResult(
      conversation: nil, messages: [message("hi")], more: 9, alsoMarked: 0,
      freshness: FreshnessInfo(gaps: 0, source: .poll))
    #expect(result.text(terminal).contains("(9 older; see --all or -n)"))
    #expect(
      WholeReading(result: result).text(terminal)
        .contains("(9 older; see --before m1 or “fonana export”)"))
  }

  @Test func aNameThatWasNotLookedUpYetIsSaidInTheOutbox() {
    let item = OutboxEntry(
      cid: ClientID("c"), to: "bob", content: "hi", state: .queued, unresolved: true, attempts: 0,
      queuedAt: now)
    let list = OutboxListing(items: [item], freshness: FreshnessInfo(gaps: 0, source: .stale))
    #expect(list.text(TextStyle()).contains("\tunresolved\t"))
  }

  @Test func longLastColumnIsCutToTheWindow() {
    var table = Table(["A", "B"])
    table.add("x", String(repeating: "日", count: 60))
    let widest = table.text(terminal).split(separator: "\n").map { DisplayWidth.of(String($0)) }
    #expect(widest.max() ?? 0 <= 60)
  }

  static let widths: [(String, Int)] = [
    ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("❤️", 2), ("ｱ", 1),
    ("Ａ", 2), ("", 0),
  ]

  @Test(arguments: widths)
  func columnsAreCountedAsTerminalsDo(_ text: String, _ width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  static let colors: [(String, Bool, [String: String], Bool)] = [
    ("auto", true, [:], true), ("auto", false, [:], false),
    ("auto", true, ["NO_COLOR": "1"], false), ("auto", true, ["TERM": "dumb"], false),
    ("auto", false, ["CLICOLOR_FORCE": "1"], true), ("auto", false, ["CLICOLOR_FORCE": "0"], false),
    ("always", false, ["NO_COLOR": "1"], true), ("never", true, ["CLICOLOR_FORCE": "1"], false),
  ]

  @Test(arguments: colors)
  func colorGoesByOptionThenEnvironment(
    _ option: String, _ isTerminal: Bool, _ environment: [String: String], _ expected: Bool
  ) {
    #expect(
      TextStyle.wantsColor(option, isTerminal: isTerminal, environment) == expected)
  }

  @Test func staleDataSaysHowOldItIs() {
    let stale = FreshnessInfo(completeUpTo: now - .seconds(7200), gaps: 1, source: .stale)
    #expect(
      stale.remark(terminal)
        == "not current; as of 2 h ago (2026-11-24T11:49:48.000Z); 1 gap not fetched yet; "
        + "“fonana status” says why")
    #expect(FreshnessInfo(gaps: 0, source: .push).remark(terminal) == nil)
    #expect(
      FreshnessInfo(gaps: 0, source: .stale).remark(terminal)
        == "not current; never fetched yet; “fonana status” says why")
    let early = FreshnessInfo(completeUpTo: now - .seconds(7), gaps: 0, source: .starting)
    #expect(early.remark(terminal)?.hasPrefix("not connected yet; as of 7 s ago") == true)
    let current = FreshnessInfo(completeUpTo: now - .seconds(7), gaps: 0, source: .push)
    #expect(
      current.assurance(terminal)
        == "complete up to 7 s ago (2026-11-24T13:49:41.000Z): the server pushes")
  }

  @Test func doctorTellsWhatWasTriedWhereItIsIllAndInFullEverywhere() {
    func line(_ status: DoctorLine.Status, _ hint: String?, _ time: Int) -> DoctorLine {
      DoctorLine(
        id: "http", title: "The API answers", status: status, tried: "GET /api/auth/wallet",
        detail: "502 “Bad\u{1b}[2J Gateway”", hint: hint, durationMs: time)
    }
    let indent = "\n" + String(repeating: " ", count: 27)
    let head = "http                 502 “Bad^[[2J Gateway”"
    #expect(line(.ok, nil, 3).text(TextStyle()) == "ok    \(head)")
    #expect(
      line(.ok, nil, 3).text(TextStyle(), isFull: true)
        == "ok    \(head) (3 ms)\(indent)tried: GET /api/auth/wallet")
    #expect(
      line(.fail, "Wait a little.", 250).text(TextStyle())
        == "fail  \(head) (250 ms)\(indent)tried: GET /api/auth/wallet\(indent)hint: Wait a little."
    )
  }

  @Test func errorTellsWhatToDo() {
    let report = ErrorReport(
      error: ErrorInfo(FonanaError(.notFound, "No “\u{1b}[2Jx”.", hint: "Look again.")))
    #expect(report.text(TextStyle()) == "error: No “^[[2Jx”.\nhint: Look again.")
  }
}
