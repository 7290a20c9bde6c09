import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// The data that subscribers get of events without a row.
extension EventDetail {
  var connection: ConnectionChange {
    // A word that is not one of them, as earlier versions wrote: the connection was lost.
    ConnectionChange(
      state: state.flatMap { ConnectionStatus.State(rawValue: $0) } ?? .waiting,
      error: error.map { ErrorInfo($0) })
  }

  var token: TokenChange { TokenChange(expiresAt: expiresAt.flatMap { Timestamp($0) }) }

  func progress(_ statistics: StoreStatistics) -> SyncProgress {
    let (all, waiting) = (conversations ?? statistics.conversations, waiting ?? 0)
    return SyncProgress(
      state: waiting == 0 ? .synced : .syncing, conversationsDone: max(0, all - waiting),
      conversationsTotal: all, messages: statistics.messages)
  }
}
