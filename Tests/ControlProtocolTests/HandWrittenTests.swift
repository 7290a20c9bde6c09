import FonanaCore
import Testing

@testable import ControlProtocol

/// What is written and read by hand is what the compiler's encoder writes and its decoder reads.
@Suite struct HandWrittenTests {
  private static let time = Timestamp(milliseconds: 1_763_992_188_563)
  private static let hard = "\u{0}\u{1}\u{8}\t\n\u{b}\u{c}\r\u{1f}\u{7f} \"\\/ é 漢 😀 \u{2028}"

  private static let message = MessageInfo(
    id: MessageID("m"), cid: ClientID("c"), conversationId: ConversationID("v"),
    senderId: UserID("u"), sender: "bob", content: hard, createdAt: time,
    queuedAt: time + .milliseconds(1), isOwn: true, isUnread: false, isRead: true,
    isComplete: false, isPaid: true, price: 0.5, isPurchased: true, mediaUrl: "/a/b.png",
    mediaType: "image",
    metadata: .object([
      "z": .array([.null, .bool(true), .number("1"), .number("-2.50"), .number("1e400")]),
      hard: .object([:]), "a": .array([]), "big": .number("18446744073709551615"),
    ]), state: .received, truncated: true)
  private static let empty = MessageInfo(
    isOwn: false, isUnread: true, isRead: false, isComplete: true, isPaid: false,
    isPurchased: false, state: .parked)
  private static let error = ErrorInfo(
    code: .notFound, message: hard, hint: "Look.", retryable: true)
  private static let block = BlockInfo(
    cid: ClientID("c"), to: "@bob", state: .held, reason: error, waiting: 3)
  private static let talk = ConversationInfo(
    id: ConversationID("v"),
    participant: ParticipantInfo(
      id: UserID("u"), nickname: "bob", fullName: "Bob", wallet: "W"), unread: 2,
    lastMessage: message, blockedBy: block)
  private static let bareTalk = ConversationInfo(
    id: ConversationID("v"), participant: ParticipantInfo(id: UserID("u")), unread: 0)
  private static let freshness = FreshnessInfo(
    completeUpTo: time, gaps: 1, source: .push, lastPullAt: time)
  private static let gaps = [
    GapInfo(newerId: MessageID("m"), newerAt: time, olderId: MessageID("l"), olderAt: time),
    GapInfo(.unreadable, newerId: nil, newerAt: nil),
  ]

  private func check<P: Encodable, R: Codable & Equatable>(
    _ call: Call<P, R>, _ value: R
  ) throws {
    let byHand = try RPC.answer(value, of: call, to: .number(7))
    #expect(text(byHand) == text(try RPC.answer(value, to: .number(7))))
    let tree = RPCAnswer(try ControlJSON.tree(of: byHand)).result
    #expect(try call.readByHand(tree) == ControlJSON.decode(R.self, from: tree))
  }

  private func check<P: Encodable, R>(_ call: Call<P, R>, asking value: P) throws {
    let byHand = try RPC.request(call, id: .text("é\""), value)
    let compiled = RPCRequest(id: .text("é\""), method: call.method, params: value)
    #expect(text(byHand) == text(try RPC.line(compiled)))
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func answers() throws {
    let bare = FreshnessInfo(gaps: 0, source: .stale)
    try check(
      Calls.hello,
      HelloResult(daemonVersion: "0.1.0", pid: 7, profile: "default", server: "https://a.example"))
    try check(Calls.hello, HelloResult(daemonVersion: Self.hard, pid: .max, profile: "p"))
    try check(
      Calls.read,
      ReadResult(
        conversation: Self.talk, messages: [Self.message, Self.empty], more: 4, alsoMarked: 5,
        gaps: Self.gaps, blocking: [Self.block], freshness: Self.freshness))
    try check(Calls.read, ReadResult(messages: [], more: 0, alsoMarked: 0, freshness: bare))
    try check(
      Calls.listConversations,
      InboxResult(
        conversations: [Self.talk, Self.bareTalk], unread: 2, freshness: Self.freshness))
    try check(
      Calls.search,
      SearchResult(
        matches: [
          .init(
            message: Self.message, snippet: Self.hard,
            parts: [.init(text: "a", isMatch: false), .init(text: "b", isMatch: true)])
        ], total: 9, freshness: bare))
    try check(
      Calls.send,
      SendResult(
        cid: ClientID("c"), state: .parked, to: "@bob", conversationId: ConversationID("v"),
        messageId: MessageID("m"), queuedAt: Self.time, sentAt: Self.time, reason: Self.error,
        next: Self.hard))
    try check(
      Calls.send,
      SendResult(cid: ClientID("c"), state: .queued, to: "bob", queuedAt: Self.time))
  }

  @Test func requests() throws {
    try check(Calls.read, asking: ConversationReadRequest())
    try check(
      Calls.read,
      asking: ConversationReadRequest(
        who: Self.hard, limit: 3, unreadOnly: true, since: Self.time, before: MessageID("m"),
        all: true, peek: true, fresh: true))
    try check(Calls.listConversations, asking: ConversationListRequest())
    try check(Calls.search, asking: SearchRequest(query: Self.hard))
    try check(
      Calls.search,
      asking: SearchRequest(
        query: "a", isRaw: true, inside: "b", from: "me", since: Self.time, until: Self.time,
        withMediaOnly: true, paidOnly: true, order: .relevance, limit: 7))
    try check(Calls.send, asking: SendRequest(cid: ClientID("c"), to: "bob"))
    try check(
      Calls.send,
      asking: SendRequest(
        cid: ClientID("c"), to: "bob", content: Self.hard, price: 1, metadata: .bool(true),
        createNew: true, hasImage: true, unlessReplied: nil, wait: .delivered,
        timeoutSeconds: 2.5))
  }
}
