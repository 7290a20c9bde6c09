import FonanaCore
import SyncEngine

/// By what right each GET of messages marks read: what it ticks is known only when it reaches the
/// server, and may be more than there was when it was sent.
struct TickRecord {
  enum Right {
    /// A person reads, or the look is counted as forced.
    case everything
    /// What the server has committed later: up to there a list or a page told of nothing unread.
    case later(than: Int)
  }

  private struct Key: Hashable {
    var epoch: Int
    var id: RequestID
  }

  private var rights: [Key: Right] = [:]
  /// Of GETs that were refused: as many may be repeated.
  private var refused: [ConversationID: [Right]] = [:]
  /// What the server had committed when it made each list.
  private var lists: [Key: Int] = [:]

  mutating func grant(_ right: Right, _ id: RequestID, epoch: Int) {
    rights[Key(epoch: epoch, id: id)] = right
  }

  func right(of call: Call) -> Right? { rights[Key(epoch: call.epoch, id: call.id)] }

  mutating func refuse(_ id: RequestID, epoch: Int, in conversation: ConversationID) {
    guard let right = rights[Key(epoch: epoch, id: id)] else { return }
    refused[conversation, default: []].append(right)
  }

  /// Which of them is repeated does not show: the one that allows most.
  mutating func takeRefused(in conversation: ConversationID) -> Right? {
    guard let rights = refused[conversation],
      let place = rights.indices.min(by: { rights[$0].floor < rights[$1].floor })
    else { return nil }
    return refused[conversation]?.remove(at: place)
  }

  mutating func listed(by call: Call, commits: Int) {
    lists[Key(epoch: call.epoch, id: call.id)] = commits
  }

  mutating func takeList(_ id: RequestID, epoch: Int) -> Int? {
    lists.removeValue(forKey: Key(epoch: epoch, id: id))
  }

  mutating func died() { refused = [:] }
}

extension TickRecord.Right {
  fileprivate var floor: Int {
    switch self {
    case .everything: -1
    case .later(let commit): commit
    }
  }
}
