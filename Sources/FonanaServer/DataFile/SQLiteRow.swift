import CSQLite

/// The row that a statement stands at; good until its next step. Columns count from 0.
struct SQLiteRow: ~Copyable {
  private let statement: OpaquePointer

  init(of statement: OpaquePointer) {
    self.statement = statement
  }

  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

  func integerIfAny(_ column: Int32) -> Int64? {
    sqlite3_column_type(statement, column) == SQLITE_NULL ? nil : integer(column)
  }

  func flag(_ column: Int32) -> Bool { integer(column) != 0 }

  func text(_ column: Int32) -> String { textIfAny(column) ?? "" }

  func textIfAny(_ column: Int32) -> String? {
    sqlite3_column_type(statement, column) == SQLITE_NULL
      ? nil : String(decoding: bytes(column), as: UTF8.self)
  }

  func json(_ column: Int32) -> WireJSON? {
    sqlite3_column_type(statement, column) == SQLITE_NULL ? nil : WireJSON(parsing: bytes(column))
  }

  func bytes(_ column: Int32) -> [UInt8] {
    // SQLite wants the pointer asked for before the length.
    let start = sqlite3_column_blob(statement, column)
    let count = Int(sqlite3_column_bytes(statement, column))
    return Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }
}
