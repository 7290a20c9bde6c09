import ControlProtocol
import FonanaCore
import LocalStore

/// A conversation as `read` shows it.
struct ReadPart {
  /// Of one answer; the socket's limit is 8 MiB.
  private static let bytes = 4 << 20

  var conversation: ConversationInfo?
  var messages: [MessageInfo]
  var more: Int
  var alsoMarked: Int
  /// Of the whole conversation.
  var gaps: Int
  /// Among what is shown.
  var places: [GapInfo]

  init(_ page: ReadPage, _ request: ConversationReadRequest) {
    messages = page.slice.rows.map {
      MessageInfo($0, userID: page.account?.userID).cut(to: Self.bytes / 8)
    }
    let left = Self.dropOldest(&messages, over: Self.bytes)
    let share = TextPiece.share(of: page.waiting.count)
    messages += page.waiting.map { MessageInfo($0, account: page.account).cut(to: share) }
    conversation = page.conversation.map {
      ConversationInfo($0, account: page.account, blockedBy: page.outbox.block(in: $0.id))
    }
    alsoMarked =
      request.peek || page.newest == nil
      ? 0 : page.unreadNotShown(among: page.slice.rows.dropFirst(left))
    more = page.slice.more + left
    gaps = page.conversation?.gaps ?? 0
    places = page.slice.gaps.map { GapInfo($0) }
  }

  /// How many were dropped.
  private static func dropOldest(_ messages: inout [MessageInfo], over limit: Int) -> Int {
    var size = 0
    let kept = messages.reversed().prefix { message in
      size += message.approximateBytes
      return size <= limit
    }.count
    let dropped = messages.count - max(kept, min(1, messages.count))
    messages.removeFirst(dropped)
    return dropped
  }
}
