import FonanaCore
import SyncEngine

extension ModelServer {
  mutating func handle(
    _ request: ServerRequest, as credentials: Credentials?, at now: Timestamp
  ) -> ServerAnswer {
    let route = Route(request)
    if needsToken(route), let error = refusal(of: credentials, on: route, at: now) {
      return Self.failure(401, error)
    }
    if isAccountGone, needsUser(route) { return Self.failure(404, "User not found") }
    switch request {
    case .requestToken(let wallet, _):
      return wallet == Self.wallet
        ? success(.token(grant(at: now)), at: now)
        : Self.failure(400, "Invalid Solana wallet address")
    case .verifyToken: return success(.tokenIsValid(userID: Self.me, expiresAt: nil), at: now)
    case .listConversations:
      return success(.conversations(list()), at: now, bytes: conversations.count * 400)
    case .createConversation(let user): return create(with: user, at: now)
    case .listMessages(let id, let limit, let before, let stop):
      return page(id, limit: limit, before: before, stopAt: stop, at: now)
    case .sendMessage(let id, let message): return send(message, to: id, at: now)
    case .lookUpUser(let query): return lookUp(query, at: now)
    case .uploadImage(let name): return upload(name, at: now)
    case .listNotifications(let limit):
      let rows = Array(notifications.reversed().prefix(limit))
      return success(.notifications(rows, unread: notifications.count { !$0.isRead }), at: now)
    case .markNotificationsRead, .markAllNotificationsRead: return success(.done, at: now)
    case .serverVersion:
      return generation == .b ? success(.version("sim"), at: now) : Self.failure(404, nil)
    }
  }

  private func needsUser(_ route: Route) -> Bool {
    switch route {
    case .conversations, .createConversation, .messages, .send: true
    case .token, .verify, .users, .version, .upload, .notifications: false
    }
  }

  /// In A the wallet's header is enough for these routes, even beside a bad token.
  private func needsToken(_ route: Route) -> Bool {
    switch route {
    case .token, .users, .version: false
    case .verify: true
    case .notifications: refusingRoutes.contains(route)
    case .conversations, .createConversation, .messages, .send, .upload:
      generation == .b || refusingRoutes.contains(route)
    }
  }

  private func success(_ reply: ServerReply, at now: Timestamp, bytes: Int = 400) -> ServerAnswer {
    .success(reply, ServerFacts(date: now, bodyBytes: bytes, elapsed: .milliseconds(50)))
  }

  static func failure(_ status: Int, _ error: String?) -> ServerAnswer {
    .failure(
      ServerFailure(
        .status, phase: .complete, status: status, routeError: error, detail: "\(status)"))
  }

  private func list() -> [ListedConversation] {
    let rows = conversations.filter { !$0.isGone }.map { conversation -> ListedConversation in
      let last = conversation.newest.map {
        ListedMessage(
          id: $0.id, content: $0.isPaid ? nil : $0.content, senderID: $0.senderID,
          createdAt: $0.createdAt, isPaid: $0.isPaid, price: $0.isPaid ? 0.5 : nil)
      }
      return ListedConversation(
        id: conversation.id, participant: listed(partners[conversation.partner]), last: last,
        unread: conversation.unread, createdAt: conversation.createdAt)
    }
    guard generation == .a else { return rows }
    return rows.sorted {
      ($0.last?.position.createdAt ?? Self.never) > ($1.last?.position.createdAt ?? Self.never)
    }
  }

  private func open(_ id: ConversationID) -> Int? {
    index(of: id).flatMap { conversations[$0].isGone ? nil : $0 }
  }

  private static let never = Timestamp(milliseconds: 0)

  private func listed(_ partner: UserProfile) -> UserProfile {
    var profile = partner
    if generation == .b { profile.wallet = nil }
    return profile
  }

  private mutating func create(with user: UserID, at now: Timestamp) -> ServerAnswer {
    guard let partner = partners.firstIndex(where: { $0.id == user }) else {
      return Self.failure(404, "Conversation participant not found")
    }
    let id = conversation(with: partner, at: now)
    let mine = UserProfile(id: Self.me, wallet: Self.wallet)
    return success(.conversation(id, participants: [mine, partners[partner]]), at: now)
  }

  private func lookUp(_ query: UserQuery, at now: Timestamp) -> ServerAnswer {
    let found = partners.first { partner in
      switch query {
      case .nickname(let name): partner.nickname == name.lowercased()
      case .id(let id): partner.id == id
      case .wallet(let wallet): partner.wallet == wallet
      }
    }
    return found.map { success(.user($0), at: now) } ?? Self.failure(404, "User not found")
  }

  private mutating func page(
    _ id: ConversationID, limit: Int, before: MessageID?, stopAt: MessagePosition?,
    at now: Timestamp
  ) -> ServerAnswer {
    guard let index = open(id) else { return Self.failure(404, "Conversation not found") }
    var rows = conversations[index].newestFirst
    if generation == .b, let before, let cursor = rows.first(where: { $0.id == before }) {
      rows.removeAll { $0.createdAt >= cursor.createdAt }
    }
    if generation == .b { rows = Array(rows.prefix(limit)) }
    let messages = rows.map { message($0, in: id) }
    markRead(index, by: .client)
    guard generation == .a else {
      return success(.page(MessagePage(messages: messages, hasMore: rows.count == limit)), at: now)
    }
    return success(.page(Self.cut(messages, limit: limit, stopAt: stopAt)), at: now)
  }

  /// As the client ends a whole-history transfer early.
  private static func cut(
    _ messages: [ServerMessage], limit: Int, stopAt: MessagePosition?
  ) -> MessagePage {
    guard let stopAt else { return MessagePage(messages: messages, hasMore: nil) }
    var passed = 0
    for (index, message) in messages.enumerated() where message.position <= stopAt {
      passed += 1
      let isPast =
        passed >= Coverage.overlapMessages
        || message.createdAt <= stopAt.createdAt - Coverage.overlapTime
      guard isPast, index + 1 > limit, index + 1 < messages.count else { continue }
      return MessagePage(messages: Array(messages[...index]), hasMore: nil, isCutShort: true)
    }
    return MessagePage(messages: messages, hasMore: nil)
  }

  func message(_ row: SimMessage, in id: ConversationID) -> ServerMessage {
    let isOwn = row.senderID == Self.me
    let isHidden = row.isPaid && !(isOwn && generation == .b)
    return ServerMessage(
      id: row.id, conversationID: id, senderID: row.senderID,
      content: isHidden ? nil : row.content, mediaURL: isHidden ? nil : row.media,
      mediaType: row.media == nil ? nil : "image", isPaid: row.isPaid,
      price: row.isPaid ? 0.5 : nil,
      isRead: row.readBy != nil, createdAt: row.createdAt,
      metadata: row.cid.map { JSONText("{\"fonana\":{\"cid\":\"\($0)\",\"v\":1}}") }, cid: row.cid)
  }

  private mutating func send(
    _ wanted: OutgoingMessage, to id: ConversationID, at now: Timestamp
  ) -> ServerAnswer {
    guard let index = open(id) else { return Self.failure(404, "Conversation not found") }
    guard let content = wanted.content else {
      return Self.failure(400, "Message content or media required")
    }
    guard !poisoned.contains(wanted.cid) else { return Self.failure(500, "Failed to send message") }
    let row = store(
      content, from: Self.me, cid: wanted.cid, in: index, at: now, isPaid: wanted.price != nil,
      media: wanted.mediaURL)
    return success(.sent(message(row, in: id), echoedCid: true), at: now)
  }

  /// The same bytes have the same address.
  private mutating func upload(_ fileName: String, at now: Timestamp) -> ServerAnswer {
    let address = Self.address(of: fileName)
    guard !fileName.hasPrefix(Self.brokenImage) else {
      return Self.failure(400, "Недопустимый тип файла")
    }
    media.insert(address)
    return success(.uploaded(url: address), at: now)
  }

  static func address(of fileName: String) -> String {
    "/media/\(fileName.prefix { $0 != "-" })"
  }
}
