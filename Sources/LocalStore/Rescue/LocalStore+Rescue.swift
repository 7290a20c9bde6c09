package import FonanaCore

extension LocalStore {
  /// As `open`; but a damaged store is set aside, a new one takes its place with the outbox as far
  /// as it can be read, and the mirror is to be fetched anew. The damaged files are kept.
  ///
  /// `checking` reads every page and every row of the outbox first. Blocks.
  package static func openOrRescue(
    path: String, checking: Bool, syncing: SyncLevel = .full, at now: Timestamp
  ) throws(FonanaError) -> (store: LocalStore, rescue: StoreRescue?) {
    try RescueWork.finish(path)
    try RestoreWork.finish(path)
    do throws(FonanaError) {
      return (try openSound(path: path, checking: checking, syncing: syncing), nil)
    } catch {
      guard error.code == .storeDamaged else { throw error }
      do {
        let rescue = try RescueWork(store: path, at: now).perform(because: error.message)
        return (try open(path: path), rescue)
      } catch {
        throw FonanaError(store: error)
      }
    }
  }

  private static func openSound(
    path: String, checking: Bool, syncing: SyncLevel
  ) throws(FonanaError) -> LocalStore {
    let store = try open(
      path: path, checking: checking, limits: StoreLimits(), syncing: syncing)
    guard checking else { return store }
    do throws(FonanaError) {
      _ = try store.snapshotNow()
      return store
    } catch {
      try? store.close()
      throw error
    }
  }
}
