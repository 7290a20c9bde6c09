import FonanaCore
import GRDB

/// Brings what nobody else has from a damaged file into a new store: the account, the outbox with
/// its story, what was sent, and how far each consumer of events has come. The mirror is left out;
/// the server has it.
struct Salvage {
  struct Sum {
    var items = 0
    var isComplete = false
  }

  private struct Table {
    let name: String
    let key: String
  }

  private static let tables = [
    Table(name: "account", key: "only"), Table(name: "counter", key: "name"),
    Table(name: "outbox", key: "sequence"), Table(name: "outbox_history", key: "row"),
    Table(name: "sent_log", key: "cid"), Table(name: "duplicate", key: "cid, message_id"),
    Table(name: "watcher", key: "name"),
  ]
  private static let settings = "'generation', 'is_echoing'"

  private let target: Database

  init(into target: Database) { self.target = target }

  /// Whatever can't be read is left out.
  func save(from path: String) -> Sum {
    guard let source = try? DatabaseQueue(path: path) else { return Sum() }
    defer { try? source.close() }
    return (try? source.inDatabase(save)) ?? Sum()
  }

  private func save(from source: Database) throws -> Sum {
    // Parts of the schema that can't be understood are passed over.
    try source.execute(sql: "PRAGMA writable_schema = ON")
    var isComplete = true
    for table in Self.tables where !copy(table, from: source) {
      if !["counter", "watcher"].contains(table.name) { isComplete = false }
    }
    _ = copy(
      Table(name: "setting", key: "name"), from: source, where: "name IN (\(Self.settings))")
    try keepSequences(of: source)
    return try settle(isComplete: isComplete)
  }

  /// False when some row could not be read or kept. From both ends, so that a bad page in the
  /// middle costs its own rows only.
  private func copy(_ table: Table, from source: Database, where condition: String = "1") -> Bool {
    guard let columns = try? columns(of: table.name, in: source), !columns.isEmpty else {
      return false
    }
    let names = columns.joined(separator: ", ")
    let select = "SELECT \(names) FROM \(table.name) WHERE \(condition) ORDER BY "
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    let insert = "INSERT INTO \(table.name) (\(names)) VALUES (\(marks))"
    if copy(source, select + table.key, insert) { return true }
    let backwards = table.key.split(separator: ",").map { "\($0) DESC" }.joined(separator: ",")
    _ = copy(source, select + backwards, insert.replacing("INSERT", with: "INSERT OR IGNORE"))
    return false
  }

  private func copy(_ source: Database, _ select: String, _ insert: String) -> Bool {
    var isComplete = true
    do {
      let rows = try Row.fetchCursor(source, sql: select)
      while let row = try rows.next() {
        do {
          try target.execute(sql: insert, arguments: StatementArguments(Array(row.databaseValues)))
        } catch {
          isComplete = false
        }
      }
    } catch {
      isComplete = false
    }
    return isComplete
  }

  /// Those that both schemas have.
  private func columns(of table: String, in source: Database) throws -> [String] {
    let sql = "SELECT name FROM pragma_table_info('\(table)')"
    let known = Set(try String.fetchAll(target, sql: sql))
    return try String.fetchAll(source, sql: sql).filter(known.contains)
  }

  /// Numbers of events and items are never given twice.
  private func keepSequences(of source: Database) throws {
    let rows = (try? Row.fetchAll(source, sql: "SELECT name, seq FROM sqlite_sequence")) ?? []
    for row in rows {
      guard let name: String = row[0], let sequence: Int64 = row[1] else { continue }
      guard ["event", "outbox"].contains(name) else { continue }
      try target.execute(sql: "DELETE FROM sqlite_sequence WHERE name = ?", arguments: [name])
      try target.execute(
        sql: "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", arguments: [name, sequence])
    }
  }

  /// Rows that make no sense go; of the others the server is asked before they are sent, since the
  /// newest pages may be those that were lost.
  private func settle(isComplete: Bool) throws -> Sum {
    var sum = Sum(isComplete: isComplete)
    guard (try? target.account()) != nil else {
      // To whom they belong is not known, so nobody may send them.
      sum.isComplete = try Int.fetchOne(target, sql: "SELECT count(*) FROM outbox") == 0
      for table in ["outbox", "account"] { try target.execute(sql: "DELETE FROM \(table)") }
      return sum
    }
    for sequence in try Int64.fetchAll(target, sql: "SELECT sequence FROM outbox") {
      if isReadable(sequence) {
        sum.items += 1
      } else {
        sum.isComplete = false
        try target.execute(sql: "DELETE FROM outbox WHERE sequence = ?", arguments: [sequence])
      }
    }
    try target.execute(
      sql: """
        UPDATE outbox SET state = 'intent', doubt_needed = 2, doubt_done = 0,
          doubt_fence = coalesce(doubt_fence, queued_at - 3600000)
        WHERE state = 'queued' AND conversation_id IS NOT NULL
        """)
    return sum
  }

  private func isReadable(_ sequence: Int64) -> Bool {
    let select = "SELECT sequence, \(OutboxItem.columns) FROM outbox WHERE sequence = ?"
    return (try? target.first(select, [sequence], OutboxItem.init)) != nil
  }
}
