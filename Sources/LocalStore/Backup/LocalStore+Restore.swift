package import FonanaCore
import Foundation

extension LocalStore {
  /// Puts a copy that `backUp` has made in the place of the store at `store`, which nobody may have
  /// open. Blocks.
  ///
  /// The present store is kept in a folder beside it, and what waits in its outbox, or was sent or
  /// cancelled since the copy, is taken over. What waits in the copy alone is in doubt: the server is
  /// searched for it before it is sent. Images that wait are put into the folder `images`.
  ///
  /// Refused, with nothing changed: a file that is no sound backup, one of another account or
  /// server (`origin`), and a store that a newer program has written.
  package static func restore(
    from copy: String, to store: String, images: String, origin: String, at now: Timestamp
  ) throws(FonanaError) -> RestoredStore {
    let backup = BackupFile(path: copy)
    let account = try backup.check()
    guard account.origin == origin else { throw otherServer(account) }
    let hasPresent = FileManager.default.fileExists(atPath: store)
    if hasPresent { try settle(store, of: account, at: now) }
    do {
      let work = RestoreWork(store: store, images: images, at: now)
      let waiting = try work.perform(from: backup, hasPresent: hasPresent)
      return RestoredStore(waiting: waiting, replaced: hasPresent ? work.folder : nil)
    } catch {
      throw FonanaError(store: error)
    }
  }

  /// Afterwards the store is sound, of this schema, and one file.
  private static func settle(
    _ store: String, of account: AccountRecord, at now: Timestamp
  ) throws(FonanaError) {
    let present = try openOrRescue(path: store, checking: true, at: now).store
    defer { try? present.close() }
    guard let known = try present.snapshotNow().account, known.userID != account.userID else {
      return
    }
    throw FonanaError(
      .wrongAccount, "The backup is of another account (\(account.nickname ?? account.wallet)).",
      hint: "Restore it into another profile, with “--profile NAME”.")
  }

  private static func otherServer(_ account: AccountRecord) -> FonanaError {
    FonanaError(
      .wrongAccount, "The backup is of the server \(account.origin).",
      hint: "Restore it into a profile that is configured for that one.")
  }
}

/// What a restore has done.
package struct RestoredStore: Hashable, Sendable {
  /// Messages that wait in it and may have been sent since the copy was made.
  package var waiting: Int
  /// The folder with what was there before; nil: nothing was.
  package var replaced: String?
}
