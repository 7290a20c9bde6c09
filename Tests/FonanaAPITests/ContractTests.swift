import FonanaCore
import NIOHTTP1
import Testing

@testable import FonanaAPI

/// Feeds every recorded answer to the reader of its route.
struct ContractTests {
  @Test(arguments: ["a", "b"])
  func everyRecordedAnswerIsUnderstood(_ generation: String) throws {
    let transcript = try Transcript(generation)
    #expect(transcript.exchanges.count == 55)
    for exchange in transcript.exchanges where Self.isCalled(exchange) {
      let answer = try Self.answer(to: exchange)
      if exchange.status == 200 {
        let reply = try #require(answer.reply, "\(exchange.name)")
        try Self.check(reply, exchange)
      } else {
        let failure = try #require(answer.failure, "\(exchange.name)")
        Self.check(failure, exchange)
      }
    }
  }

  @Test(arguments: ["a", "b"])
  func everyRecordedFrameIsUnderstood(_ generation: String) throws {
    let frames = try Transcript(generation).serverFrames.map { PushFrame(wire: $0) }
    #expect(frames.count > 8)
    #expect(!frames.contains(.unreadable))
    #expect(frames.contains(.pong))
    #expect(frames.contains(.subscribed(channel: "notifications")))
    let connected = frames.contains { if case .connected(.some) = $0 { true } else { false } }
    #expect(connected)
  }

  @Test func pagesAreReadWholeWithTheirMetadata() throws {
    let page = try Self.page("b", "read: paid message hidden from recipient")
    #expect(page.hasMore == false)
    #expect(page.messages.map(\.content) == [nil, nil, "Привет 👋 你好", "hello"])
    #expect(page.messages[0].isPaid && page.messages[0].price == 0.5)
    #expect(page.messages[1].mediaURL == "/messages/abc.png")
    #expect(page.messages[3].metadata?.text.contains("clientMessageId") == true)
    #expect(page.messages[3].sender?.nickname == "user_duxkxhmw")
    #expect(page.messages.allSatisfy { !$0.isDamaged && $0.cid == nil })
    let own = try Self.page("b", "both headers: read back")
    #expect(own.messages[0].cid == ClientID("3b0c6f0e-8a5f-4a5e-9a0d-2f9d6a1c0002"))
  }

  @Test func generationAIsWholeHistory() throws {
    let page = try Self.page("a", "read: everything, limit ignored (marks read)")
    #expect(page.hasMore == nil)
    #expect(page.messages.count == 4)
  }

  @Test(arguments: ["a", "b"])
  func listsNeverShowThePaidPlaceholder(_ generation: String) throws {
    let exchange = try Self.exchange(generation, "conversations: recipient sees unread")
    guard case .conversations(let list) = try Self.answer(to: exchange).reply else {
      Issue.record("no list")
      return
    }
    let last = try #require(list.first?.last)
    #expect(last.isPaid && last.content == nil && last.price == 0.5)
    #expect(list.first?.unread == 3)
    let at = generation == "a" ? "2026-11-24T14:23:00.483Z" : "2026-11-24T13:49:48.563Z"
    #expect(last.createdAt == Timestamp(at))
  }

  @Test func previewsLoseTheNameOfTheSender() throws {
    let exchange = try Self.exchange("b", "notifications: recipient")
    guard case .notifications(let rows, let unread) = try Self.answer(to: exchange).reply else {
      Issue.record("no notifications")
      return
    }
    #expect(unread == 3)
    #expect(rows.map { $0.preview?.text } == [nil, "Привет 👋 你好", "hello"])
    #expect(rows[2].preview?.senderName == "user_duxkxhmw")
  }

  // MARK: How an exchange maps to our requests

  private static func exchange(_ generation: String, _ name: String) throws -> Transcript.Exchange {
    try #require(try Transcript(generation).exchanges.first { $0.name == name })
  }

  private static func page(_ generation: String, _ name: String) throws -> MessagePage {
    try #require(try answer(to: exchange(generation, name)).reply?.page)
  }

  /// The routes that the client never calls.
  private static func isCalled(_ exchange: Transcript.Exchange) -> Bool {
    !exchange.route.hasSuffix("/purchase")
  }

  private static func answer(to exchange: Transcript.Exchange) throws -> ServerAnswer {
    let request = try #require(Self.request(for: exchange), "\(exchange.name)")
    var state = Exchange(reader: AnswerReader(request, generation: .b))
    var head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: exchange.status))
    head.headers.add(name: "Content-Type", value: exchange.contentType ?? "")
    state.receive(head)
    // Byte by byte: pieces may end anywhere.
    for byte in exchange.body { _ = state.receive(CollectionOfOne(byte)) }
    state.phase = .complete
    return ServerAnswer(state, of: request, elapsed: .zero, now: Timestamp(milliseconds: 0))
  }

  private static func request(for exchange: Transcript.Exchange) -> ServerRequest? {
    let id = ConversationID("c")
    switch (exchange.method, exchange.route) {
    case (_, "/api/auth/token"), ("POST", "/api/auth/wallet"): return .requestToken(wallet: "W")
    case ("GET", "/api/auth/wallet"): return .verifyToken
    case ("GET", "/api/conversations"): return .listConversations
    case ("POST", "/api/conversations"): return .createConversation(with: UserID("u"))
    case ("GET", let path) where path.hasSuffix("/messages"):
      return .listMessages(id, limit: 2, before: nil, stopAt: nil)
    case ("POST", let path) where path.hasSuffix("/messages"):
      let cid = ClientID("3b0c6f0e-8a5f-4a5e-9a0d-2f9d6a1c0002")
      return .sendMessage(id, OutgoingMessage(cid: cid, content: "x"))
    case (_, "/api/user"):
      return .lookUpUser(exchange.path.contains("wallet=") ? .wallet("W") : .nickname("n"))
    case (_, "/api/upload"): return .uploadImage(fileName: "a.png")
    case ("GET", "/api/user/notifications"): return .listNotifications(limit: 5)
    case ("PUT", "/api/user/notifications"): return .markAllNotificationsRead
    case ("DELETE", "/api/user/notifications"): return .markAllNotificationsRead
    case (_, "/api/version"): return .serverVersion
    default: return nil
    }
  }

  private static func check(_ reply: ServerReply, _ exchange: Transcript.Exchange) throws {
    let body = try #require(JSONSlice(exchange.body).object)
    switch reply {
    case .token(let grant):
      #expect(grant.token.exposed == body.string("token"))
      let claims = try #require(TokenClaims(of: grant.token.exposed))
      #expect(grant.expiresAt == body.timestamp("expiresAt") ?? claims.expiresAt)
      #expect(grant.expiresAt != nil && grant.issuedAt != nil && grant.user?.wallet != nil)
    case .tokenIsValid(let user, let expiry):
      #expect(user.rawValue == body.string("userId") && expiry != nil)
    case .conversations(let list): #expect(list.count == body["conversations"]?.array?.count)
    case .conversation(let id, let participants):
      #expect(id.rawValue == body["conversation"]?.object?.string("id"))
      #expect(participants.count == 2)
    case .page(let page): #expect(page.messages.count == body["messages"]?.array?.count)
    case .sent(let message, let echoed):
      #expect(message.id.rawValue == body["message"]?.object?.string("id"))
      #expect(echoed == exchange.name.contains("our mark"))
    case .user(let user): #expect(user.id.rawValue == body["user"]?.object?.string("id"))
    case .uploaded(let url): #expect(url.hasPrefix("/messages/"))
    case .notifications(let rows, let unread):
      #expect(rows.count == body["notifications"]?.array?.count)
      #expect(unread == body["unreadCount"]?.integer)
    case .version(let version): #expect(version == body.string("version"))
    case .done: break
    }
  }

  private static func check(_ failure: ServerFailure, _ exchange: Transcript.Exchange) {
    let error = JSONSlice(exchange.body).object?.string("error")
    #expect(failure.kind == .status)
    if error == "Failed to create user"
      || error == "User not found" && exchange.route == "/api/user"
    {
      #expect(failure.status == 404 && failure.routeError == "User not found")
    } else {
      #expect(failure.status == exchange.status)
      #expect(failure.routeError == error, "\(exchange.name)")
    }
  }
}
