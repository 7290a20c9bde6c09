import FonanaCore
import GRDB

/// The versions of the file, as `PRAGMA user_version` holds them.
enum StoreSchema {
  static let version = 9

  /// Every step is one transaction, so that an interrupted migration goes on at the next start.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(sql: SchemaVersion1.sql)
      try db.execute(sql: "PRAGMA user_version = 1")
    }
    migrator.registerMigration("2") { db in
      try db.execute(sql: SchemaVersion2.sql)
      try db.execute(sql: "PRAGMA user_version = 2")
    }
    migrator.registerMigration("3") { db in
      try SchemaVersion3.migrate(db)
      try db.execute(sql: "PRAGMA user_version = 3")
    }
    migrator.registerMigration("4") { db in
      try db.execute(sql: SchemaVersion4.sql)
      try db.execute(sql: "PRAGMA user_version = 4")
    }
    migrator.registerMigration("5") { db in
      try db.execute(sql: SchemaVersion5.sql)
      try db.execute(sql: "PRAGMA user_version = 5")
    }
    migrator.registerMigration("6") { db in
      try db.execute(sql: SchemaVersion6.sql)
      try db.execute(sql: "PRAGMA user_version = 6")
    }
    migrator.registerMigration("7") { db in
      try db.execute(sql: SchemaVersion7.sql)
      try db.execute(sql: "PRAGMA user_version = 7")
    }
    migrator.registerMigration("8") { db in
      try db.execute(sql: SchemaVersion8.sql)
      try db.execute(sql: "PRAGMA user_version = 8")
    }
    migrator.registerMigration("9") { db in
      try SchemaVersion9.migrate(db)
      try db.execute(sql: "PRAGMA user_version = 9")
    }
    return migrator
  }

  /// Of an open file; 0: it is empty.
  static func version(of db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
  }

  /// A newer program may have written what this one would misread.
  static func refuseNewer(_ db: Database) throws {
    let found = try version(of: db)
    guard found > version else { return }
    throw FonanaError(
      .storeUnwritable,
      """
      The store was written by a newer version of fonana (its schema is \(found), this one knows \
      \(version)).
      """,
      hint: "Install the newer version again; nothing was changed.", retryable: false)
  }

  /// Full-text search needs it, and a library without it fails only when it is used.
  static func requireFullTextSearch(_ db: Database) throws {
    let options = try String.fetchAll(db, sql: "PRAGMA compile_options")
    guard !options.contains("ENABLE_FTS5") else { return }
    throw FonanaError(
      .badConfiguration, "The system's SQLite library has no full-text search (FTS5).",
      hint: "Install a libsqlite3 that was built with FTS5, as Debian's is.")
  }

  static func requireSoundPages(_ db: Database) throws {
    let findings = try String.fetchAll(db, sql: "PRAGMA integrity_check(1)")
    guard findings != ["ok"] else { return }
    let finding = findings.first ?? "integrity_check found no answer"
    throw FonanaError.storeDamaged(DisplayText.line(finding))
  }
}
