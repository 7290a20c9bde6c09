import FonanaCore
import FonanaTestSupport

/// The messages route of a conversation, with its quirks (docs/protocol.md, 4): `before` compares
/// instants only, ties come in no particular order, an unknown `before` is ignored.
struct PagingServer {
  private(set) var messages: [MessagePosition] = []
  private var made = 0
  private(set) var clock: Int64 = 1_000_000
  /// Generation A: everything at once, without `hasMore`.
  var answersWhole = false

  /// A new message; `back` milliseconds in the past, as when commits overtake each other.
  mutating func insert(advance: Int64, back: Int64 = 0, using random: inout SeededRandom) {
    clock += advance
    made += 1
    // Ids do not follow the order of making.
    let id = MessageID("m\(UInt32.random(in: .min ... .max, using: &random))-\(made)")
    messages.append(
      MessagePosition(createdAt: Timestamp(milliseconds: clock - back), id: id))
  }

  mutating func delete(_ id: MessageID) { messages.removeAll { $0.id == id } }

  func page(limit: Int, before: MessageID?, using random: inout SeededRandom) -> MessagePage {
    let cursor = messages.first { $0.id == before }
    let range = messages.shuffled(using: &random)
      .filter { message in cursor.map { message.createdAt < $0.createdAt } ?? true }
      .sorted { $0.createdAt > $1.createdAt }
    let part = answersWhole ? range[...] : range.prefix(limit)
    return MessagePage(
      messages: part.map(Self.message), hasMore: answersWhole ? nil : part.count == limit)
  }

  private static func message(_ position: MessagePosition) -> ServerMessage {
    ServerMessage(
      id: position.id, conversationID: ConversationID("c"), senderID: UserID("u"), content: "",
      createdAt: position.createdAt)
  }
}
