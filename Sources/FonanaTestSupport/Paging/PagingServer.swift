package import FonanaCore

/// The messages route of a conversation, with its quirks (docs/protocol.md, 4): `before` compares
/// instants only, ties come in no particular order, an unknown `before` is ignored.
package struct PagingServer {
  /// Newest first; the order of ties means nothing.
  package private(set) var messages: [MessagePosition] = []
  private var made = 0
  private var clock: Int64 = 1_000_000
  /// Generation A: everything at once, without `hasMore`.
  var answersWhole = false

  /// A new message; `back` milliseconds in the past, as when commits overtake each other, but always after
  /// the first one.
  mutating func insert(advance: Int64, back: Int64 = 0, using random: inout SeededRandom) {
    clock += advance
    made += 1
    let earliest = messages.last.map { $0.createdAt.milliseconds + 1 } ?? clock
    // Ids do not follow the order of making.
    let id = MessageID("m\(UInt32.random(in: .min ... .max, using: &random))-\(made)")
    let position = MessagePosition(
      createdAt: Timestamp(milliseconds: max(clock - back, earliest)), id: id)
    clock = max(clock, position.createdAt.milliseconds)
    messages.insert(position, at: firstIndex { $0 <= position.createdAt })
  }

  mutating func delete(_ id: MessageID) { messages.removeAll { $0.id == id } }

  func page(limit: Int, before: MessageID?, using random: inout SeededRandom) -> MessagePage {
    let cursor = messages.first { $0.id == before }
    let start = cursor.map { cursor in firstIndex { $0 < cursor.createdAt } } ?? 0
    let part =
      answersWhole
      ? messages : shuffledTies(from: start, limit, using: &random).prefix(limit).map { $0 }
    return MessagePage(
      messages: part.map(Self.message), hasMore: answersWhole ? nil : part.count == limit)
  }

  /// As many as asked for, and the ties of the last of them, those of each instant in any order.
  private func shuffledTies(
    from start: Int, _ limit: Int, using random: inout SeededRandom
  ) -> [MessagePosition] {
    var end = min(start + limit, messages.count)
    while end > start, end < messages.count,
      messages[end].createdAt == messages[end - 1].createdAt
    {
      end += 1
    }
    return messages[start..<end].shuffled(using: &random).sorted { $0.createdAt > $1.createdAt }
  }

  private func firstIndex(where isBelow: (Timestamp) -> Bool) -> Int {
    var (low, high) = (0, messages.count)
    while low < high {
      let middle = (low + high) / 2
      if isBelow(messages[middle].createdAt) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private static func message(_ position: MessagePosition) -> ServerMessage {
    ServerMessage(
      id: position.id, conversationID: ConversationID("c"), senderID: UserID("u"),
      content: position.id.rawValue, createdAt: position.createdAt)
  }
}
