import FonanaCore
import SyncEngine

/// The server of docs/protocol.md, as a value.
struct ModelServer {
  static let me = UserID("cmme")
  static let brokenImage = "broken"
  static let wallet = "7f3AsimulatedWa11etOfOurAccount1111111111111"

  let generation: ServerGeneration
  let tokenLife: Duration
  var chance: Chance
  var partners: [UserProfile] = []
  var conversations: [SimConversation] = []
  /// NEW_MESSAGE rows of the account, oldest first.
  var notifications: [PlatformNotification] = []

  /// Tokens of an earlier secret are refused.
  var secret = 1
  /// Routes that refuse every token.
  var refusingRoutes: Set<Route> = []
  /// Texts at which the handler fails for ever.
  var poisoned: Set<ClientID> = []
  /// Addresses of images that were uploaded.
  var media: Set<String> = []
  var isSkewed = false
  /// The database has lost our user: 404 on every route that needs one.
  var isAccountGone = false
  /// Messages whose date is older than their commit.
  private(set) var skewed = 0

  /// Connections of the account, of the client or of a browser; the newest gets events.
  var connections: Set<Int> = []
  var slot: Int?
  var lastSerial = 0

  private(set) var commits = 0
  /// All tokens ever given to the account.
  private(set) var tokens: Set<String> = []

  init(plan: SwarmPlan) {
    generation = plan.generation
    tokenLife = plan.tokenLife
    chance = Chance(seed: plan.seed ^ 0x5e2_7e12)
  }

  /// All that is wrong with it is over; what is gone stays so.
  mutating func heal() {
    refusingRoutes = []
    poisoned = []
    (isSkewed, isAccountGone) = (false, false)
  }

  // MARK: tokens

  func makeToken(at now: Timestamp) -> String {
    "token-secret\(secret)-\(now.milliseconds / 1000)"
  }

  mutating func grant(at now: Timestamp) -> TokenGrant {
    let token = makeToken(at: now)
    tokens.insert(token)
    return TokenGrant(
      token: Redacted(token), expiresAt: now + tokenLife, issuedAt: now,
      user: UserProfile(id: Self.me, wallet: Self.wallet, nickname: "me"), generation: generation)
  }

  /// A refresh that answers for somebody else.
  func foreignGrant(at now: Timestamp) -> TokenGrant {
    TokenGrant(
      token: Redacted("token-of-another"), expiresAt: now + tokenLife, issuedAt: now,
      user: UserProfile(id: UserID("cmother"), wallet: Self.wallet, nickname: "other"),
      generation: generation)
  }

  /// nil: good; else the `error` of a 401.
  func refusal(of credentials: Credentials?, on route: Route, at now: Timestamp) -> String? {
    guard let token = credentials?.token.exposed else { return "No token provided" }
    if refusingRoutes.contains(route) { return "Invalid token" }
    let parts = token.split(separator: "-")
    guard parts.count == 3, parts[1] == "secret\(secret)", let issued = Int64(parts[2]) else {
      return "Invalid token"
    }
    let expires = Timestamp(milliseconds: issued * 1000) + tokenLife
    return expires <= now ? "Token expired" : nil
  }

  // MARK: data

  func index(of id: ConversationID) -> Int? { conversations.firstIndex { $0.id == id } }

  func message(_ id: MessageID, in conversation: ConversationID) -> SimMessage? {
    index(of: conversation).flatMap { conversations[$0].message(id) }
  }

  /// What is gone can't be marked read.
  func isGone(_ id: ConversationID) -> Bool {
    index(of: id).map { conversations[$0].isGone } ?? true
  }

  func unread(in id: ConversationID) -> [SimMessage] {
    index(of: id).map { conversations[$0].unreadMessages } ?? []
  }

  mutating func makeID(_ prefix: String) -> String {
    commits += 1
    return "\(prefix)\(chance.digits(8))\(commits)"
  }

  mutating func conversation(with partner: Int, at now: Timestamp) -> ConversationID {
    let known = conversations.first { $0.partner == partner && !$0.isGone }
    if let known { return known.id }
    let id = ConversationID(makeID("cv"))
    conversations.append(SimConversation(id: id, partner: partner, createdAt: now))
    return id
  }

  @discardableResult
  mutating func store(
    _ text: String, from sender: UserID, cid: ClientID?, in index: Int, at now: Timestamp,
    isPaid: Bool = false, media: String? = nil
  ) -> SimMessage {
    let skew = isSkewed && chance.happens(0.2) ? chance.milliseconds(1...1500) : .zero
    if skew > .zero { skewed += 1 }
    var message = SimMessage(
      id: MessageID(makeID("ms")), senderID: sender, content: text, cid: cid,
      createdAt: now - skew, committedAt: now, commit: commits)
    (message.isPaid, message.media) = (isPaid, media)
    conversations[index].add(message)
    return message
  }

  mutating func markRead(_ index: Int, by reader: SimMessage.Reader) {
    conversations[index].markRead(by: reader)
  }

  /// The second step of a send to the account.
  mutating func notify(_ id: MessageID, in index: Int, at now: Timestamp) -> PlatformNotification? {
    guard let message = conversations[index].message(id) else { return nil }
    let partner = partners[conversations[index].partner]
    let row = PlatformNotification(
      id: NotificationID(makeID("nt")), type: "NEW_MESSAGE", title: "New message",
      message: "\(partner.nickname ?? ""): \(message.content)", isRead: false, createdAt: now,
      preview: MessagePreview(
        conversationID: conversations[index].id, messageID: id, senderID: message.senderID,
        senderName: partner.nickname,
        text: message.isPaid ? nil : String(message.content.prefix(50)), isPaid: message.isPaid,
        price: message.isPaid ? 0.5 : nil))
    notifications.append(row)
    return row
  }
}
