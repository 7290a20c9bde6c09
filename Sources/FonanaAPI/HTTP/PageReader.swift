import FonanaCore

/// Reads an answer of `GET …/messages` while it arrives.
///
/// A whole-history answer can be of any size; it may be cut short once it holds more messages than
/// were asked for (so it has no pages) and has passed what is known already.
struct PageReader: Sendable {
  private let conversation: ConversationID
  private let limit: Int
  private let stopAt: MessagePosition?
  private var stream = JSONArrayStream(arrayName: "messages")
  private var messages: [ServerMessage] = []
  private var passed = 0
  /// Where elements stood that nothing could be read from, see `MessagePage.unreadable`.
  private var unreadable: [Int] = []
  private(set) var isCutShort = false

  init(_ conversation: ConversationID, limit: Int, stopAt: MessagePosition?) {
    self.conversation = conversation
    self.limit = limit
    self.stopAt = stopAt
  }

  var isBroken: Bool { stream.isBroken }
  var skipped: Int { unreadable.count }

  mutating func feed(_ bytes: some Sequence<UInt8>) {
    var batch = Batch(passed: passed)
    let before = messages.count
    stream.feed(bytes) { [conversation, limit, stopAt] element in
      guard let message = ServerMessage(wire: element, in: conversation) else {
        batch.unreadable.append(before + batch.messages.count)
        return true
      }
      batch.add(message, stopAt: stopAt)
      return !(batch.isPast && before + batch.messages.count > limit)
    }
    messages += batch.messages
    unreadable += batch.unreadable
    passed = batch.passed
    isCutShort = batch.isPast && messages.count > limit
  }

  /// nil: the body is not what the route gives.
  func finish() -> MessagePage? {
    if isCutShort {
      return MessagePage(messages: messages, hasMore: nil, isCutShort: true, unreadable: unreadable)
    }
    guard stream.isComplete else { return nil }
    guard let hasMore = stream.members["hasMore"], !hasMore.isNull else {
      return MessagePage(messages: messages, hasMore: nil, unreadable: unreadable)
    }
    return hasMore.bool.map { MessagePage(messages: messages, hasMore: $0, unreadable: unreadable) }
  }

  /// What one piece of the body holds.
  private struct Batch {
    var messages: [ServerMessage] = []
    var unreadable: [Int] = []
    /// Messages at or below the known position, over all pieces.
    var passed: Int
    /// Whether the overlap under the known position is read.
    var isPast = false

    mutating func add(_ message: ServerMessage, stopAt: MessagePosition?) {
      messages.append(message)
      guard let stopAt, message.position <= stopAt else { return }
      passed += 1
      isPast =
        passed >= Coverage.overlapMessages
        || message.createdAt <= stopAt.createdAt - Coverage.overlapTime
    }
  }
}
