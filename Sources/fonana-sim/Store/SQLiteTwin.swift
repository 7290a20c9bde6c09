import FonanaCore
import LocalStore

/// `LocalStore` in a folder of its own, which goes with it.
///
/// The folder lies in memory (`/dev/shm`) where there is one: syncs cost nothing there, so the
/// store keeps its usual `synchronous = FULL`.
final class SQLiteTwin: StoreTwin {
  private let folder: ScratchFolder
  private var store: LocalStore
  private var generation = 0

  init() throws(FonanaError) {
    folder = try ScratchFolder()
    store = try LocalStore.open(path: folder.path("0.sqlite"))
  }

  deinit {
    try? store.close()
    folder.remove()
  }

  func perform(_ acts: [StoreAct], at now: Timestamp) throws(FonanaError) -> StoreResult {
    try store.performNow(acts, at: now)
  }

  func snapshot() throws(FonanaError) -> StoreSnapshot { try store.snapshotNow() }

  func messages(in id: ConversationID) throws(FonanaError) -> [MirrorMessage] {
    try store.messagesNow(in: id)
  }

  /// A crash leaves the file and its write-ahead log as they are, nothing folded and nothing
  /// closed: that is what a copy of the two is.
  func reopen(isOrderly: Bool) throws(FonanaError) {
    let name = "\(generation).sqlite"
    if isOrderly {
      try store.close()
    } else {
      generation += 1
      try folder.copy(name, to: "\(generation).sqlite")
      try folder.copy(name + "-wal", to: "\(generation).sqlite-wal")
      try store.close()
      folder.remove(name)
    }
    store = try LocalStore.open(path: folder.path("\(generation).sqlite"))
  }

  func flaw() throws(FonanaError) -> String? { try store.firstFlaw() }
}
