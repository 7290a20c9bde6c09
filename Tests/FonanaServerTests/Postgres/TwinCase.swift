import FonanaTestSupport

@testable import FonanaServer

/// A random life of one conversation, led in the reference server and written down as the
/// statements that the real server gives to PostgreSQL.
struct TwinCase {
  private static let start: Int64 = 1_795_530_000_000

  static let schema = """
    CREATE TABLE "messages" (
      "id" TEXT PRIMARY KEY, "conversationId" TEXT NOT NULL, "senderId" TEXT NOT NULL,
      "isRead" BOOLEAN NOT NULL DEFAULT false, "createdAt" TIMESTAMP(3) NOT NULL);
    CREATE INDEX ON "messages" ("conversationId");

    """

  private(set) var statements = ""
  private(set) var answers: [TwinAnswer] = []
  /// Every message that there has been, for cursors.
  private(set) var ids: [String]
  private var random: SeededRandom
  private let world: World
  private let people: [(user: WorldUser, token: String)]
  private let conversation: String
  /// How many different milliseconds there are.
  private let instants: Int64

  /// - Parameter others: messages of other conversations.
  init(seed: UInt64, in world: World, others: [String]) {
    random = SeededRandom(seed: seed)
    self.world = world
    people = (0..<2).map { _ in
      let user = world.makeUser()
      return (user, world.issueToken(for: user.id) ?? "")
    }
    conversation = world.makeConversation(people[0].user.id, people[1].user.id)
    instants = Int64.random(in: 1...12, using: &random)
    ids = others + ["cmunknown000000000000000x"]
  }

  mutating func run() {
    for _ in 0..<Int.random(in: 0...25, using: &random) { insert() }
    for _ in 0..<Int.random(in: 3...9, using: &random) { act() }
  }

  private mutating func act() {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: insert()
    case 1: delete()
    case 2...3: askList()
    default: askPage()
    }
  }

  // MARK: changes

  private mutating func insert() {
    let at = Self.start + Int64.random(in: 0..<instants, using: &random)
    let sender = anybody().user
    let isRead = random.chance(40)
    let id = world.update { state in
      var message = WorldMessage(
        id: state.makeID(), conversationID: conversation, senderID: sender.id, createdAt: at)
      message.isRead = isRead
      state.perform(.addMessage(message))
      return message.id
    }
    ids.append(id)
    statements += """
      INSERT INTO "messages" VALUES
        ('\(id)', '\(conversation)', '\(sender.id)', \(isRead), '\(Timestamp.text(at))');

      """
  }

  private mutating func delete() {
    guard let message = world.messages(in: conversation).randomElement(using: &random) else {
      return
    }
    world.deleteMessage(message.id)
    statements += #"DELETE FROM "messages" WHERE "id" = '\#(message.id)';\#n"#
  }

  // MARK: questions

  private mutating func askPage() {
    let reader = anybody()
    let limit = Int.random(in: 0...12, using: &random)
    let before = random.chance(70) ? ids.randomElement(using: &random) : nil
    let all = Set(world.messages(in: conversation).map { TwinAnswer.Row($0) })
    let body = answer(
      "/api/conversations/\(conversation)/messages?limit=\(limit)"
        + (before.map { "&before=\($0)" } ?? ""), to: reader.token)
    answers.append(
      .page(
        (body["messages"]?.arrayValue ?? []).compactMap { TwinAnswer.Row($0) },
        hasMore: body["hasMore"]?.boolValue ?? false, from: all))
    statements += Self.page(of: conversation, limit, before: before)
    statements += """
      UPDATE "messages" SET "isRead" = true WHERE "conversationId" = '\(conversation)'
        AND "senderId" <> '\(reader.user.id)' AND "isRead" = false;

      """
  }

  private static func page(of conversation: String, _ limit: Int, before: String?) -> String {
    let cursor = before.map { id in
      """
      AND "createdAt" <
        coalesce((SELECT "createdAt" FROM "messages" WHERE "id" = '\(id)'), 'infinity')
      """
    }
    return """
      SELECT (count(*) = \(limit))::text || '|' || coalesce(string_agg(
        (extract(epoch FROM "createdAt") * 1000)::bigint || ':' || "id", ' '), '')
      FROM (SELECT "id", "createdAt" FROM "messages" WHERE "conversationId" = '\(conversation)'
        \(cursor ?? "") ORDER BY "createdAt" DESC LIMIT \(limit) OFFSET 0) AS page;

      """
  }

  /// The unread count and the time of the last message, as the list of conversations shows them.
  private mutating func askList() {
    let reader = anybody()
    let row = answer("/api/conversations", to: reader.token)["conversations"]?.arrayValue?.first
    let last = row?["lastMessage"]?["createdAt"]?.stringValue ?? "none"
    answers.append(.line("\(row?["unreadCount"]?.intValue ?? -1) \(last)"))
    statements += """
      SELECT (SELECT count(*) FROM "messages" WHERE "conversationId" = '\(conversation)'
        AND "isRead" = false AND "senderId" <> '\(reader.user.id)') || ' ' || coalesce(
        (SELECT to_char("createdAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS') FROM "messages"
         WHERE "conversationId" = '\(conversation)' ORDER BY "createdAt" DESC LIMIT 1), 'none');

      """
  }

  private mutating func anybody() -> (user: WorldUser, token: String) {
    people[Int.random(in: 0...1, using: &random)]
  }

  private func answer(_ target: String, to token: String) -> WireJSON {
    let request = APIRequest(
      method: "GET", target: target, headers: ["authorization": "Bearer \(token)"], body: [])
    let route = Route(method: "GET", path: request.path, generation: .b)
    return WireJSON(parsing: world.update { $0.handle(request, route) }.body) ?? .null
  }
}

extension TwinAnswer.Row {
  fileprivate init(_ message: WorldMessage) {
    self.init(createdAt: message.createdAt, id: message.id)
  }

  fileprivate init?(_ json: WireJSON) {
    guard let id = json["id"]?.stringValue,
      let time = json["createdAt"]?.stringValue.flatMap(Timestamp.parse)
    else { return nil }
    self.init(createdAt: time, id: id)
  }
}
