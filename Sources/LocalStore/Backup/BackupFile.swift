import FonanaCore
import Foundation
import GRDB

/// A file that a person says is a backup. It is only read.
struct BackupFile {
  let path: String

  /// The account that it belongs to. Throws when it is no sound store of an account, or of a newer
  /// program.
  func check() throws(FonanaError) -> AccountRecord {
    do {
      guard FileManager.default.fileExists(atPath: path) else { throw Self.missing(path) }
      let file = try open()
      defer { try? file.close() }
      return try file.inDatabase(account)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
      throw Self.noBackup
    } catch {
      throw Self.named(FonanaError(store: error))
    }
  }

  /// Writes the same content to a new file at `target`.
  func copy(to target: String) throws {
    let file = try open()
    defer { try? file.close() }
    _ = try StoreFile(target).existsOrIsMade()
    let new = try DatabaseQueue(path: target)
    defer { try? new.close() }
    try file.backup(to: new)
  }

  private func open() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  private func account(_ db: Database) throws -> AccountRecord {
    try StoreSchema.refuseNewer(db)
    guard try StoreSchema.version(of: db) > 0, try db.tableExists("account"),
      try db.tableExists("outbox"), try db.tableExists("message")
    else { throw Self.noBackup }
    try StoreSchema.requireSoundPages(db)
    guard let account = try db.account() else { throw Self.noBackup }
    return account
  }

  private static func missing(_ path: String) -> FonanaError {
    FonanaError(
      .notFound, "There is no file \(path).", hint: "Name a file that “fonana backup” has made.")
  }

  private static let noBackup = FonanaError(
    .invalidInput, "The file is no backup of an account of fonana; nothing was changed.",
    hint: "Name a file that “fonana backup” has made.")

  private static func named(_ error: FonanaError) -> FonanaError {
    guard [.storeDamaged, .storeUnwritable].contains(error.code) else { return error }
    let isDamaged = error.code == .storeDamaged
    return FonanaError(
      .invalidInput, "The backup can't be used; nothing was changed. \(error.message)",
      hint: isDamaged ? "Try an older one." : error.hint)
  }
}
