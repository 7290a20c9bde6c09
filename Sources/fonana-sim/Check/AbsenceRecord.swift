import FonanaCore
import SyncEngine

/// Messages that the server has deleted (6): after so many pages that should hold one between
/// their ends, and do not, the mirror shows it as gone.
struct AbsenceRecord {
  /// Two are enough, and one or two may prove nothing: their cursor was not known to the server.
  private static let enough = 4

  private var pages: [MessageID: Int] = [:]

  /// After it is in the store. The one that should be a tombstone there and is not.
  mutating func stored(
    _ page: MessagePage, of id: ConversationID, _ sim: Simulation
  ) -> MessageID? {
    guard sim.plan[.deletion] > 0, page.unreadable.isEmpty, !page.isCutShort,
      let conversation = sim.server.conversations.first(where: { $0.id == id })
    else { return nil }
    let dates = page.messages.map(\.createdAt)
    guard let oldest = dates.min(), let newest = dates.max() else { return nil }
    let held = Set(page.messages.map(\.id))
    for row in conversation.messages
    where row.isDeleted && row.createdAt > oldest && row.createdAt < newest
      && !held.contains(row.id)
    {
      guard let known = sim.store.message(row.id), known.isComplete else { continue }
      pages[row.id, default: 0] += 1
      if pages[row.id, default: 0] >= Self.enough, !known.isDeleted { return row.id }
    }
    return nil
  }
}
