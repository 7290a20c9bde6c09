import CSQLite

/// One open SQLite file, and no more of SQLite than a world needs.
struct SQLiteConnection: ~Copyable {
  private let path: String
  private let handle: OpaquePointer

  /// Opens or makes the file.
  init(path: String) throws(DataFileError) {
    var handle: OpaquePointer?
    let status = sqlite3_open(path, &handle)
    guard status == SQLITE_OK, let handle else {
      sqlite3_close(handle)
      throw DataFileError(path: path, reason: String(cString: sqlite3_errstr(status)))
    }
    self.path = path
    self.handle = handle
  }

  deinit { sqlite3_close(handle) }

  func execute(_ sql: String, _ values: [SQLiteValue] = []) throws(DataFileError) {
    try query(sql, values) { _ in }
  }

  /// The first column of the first row, as a number; 0 without one.
  func number(_ sql: String) throws(DataFileError) -> Int64 {
    var number: Int64?
    try query(sql) { row in number = number ?? row.integer(0) }
    return number ?? 0
  }

  func query(
    _ sql: String, _ values: [SQLiteValue] = [], _ take: (borrowing SQLiteRow) -> Void
  ) throws(DataFileError) {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
      throw problem
    }
    defer { sqlite3_finalize(statement) }
    for (index, value) in values.enumerated() {
      guard bind(value, to: statement, at: Int32(index + 1)) == SQLITE_OK else { throw problem }
    }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: take(SQLiteRow(of: statement))
      case SQLITE_DONE: return
      default: throw problem
      }
    }
  }

  func problem(_ reason: String) -> DataFileError {
    DataFileError(path: path, reason: reason)
  }

  private var problem: DataFileError { problem(String(cString: sqlite3_errmsg(handle))) }

  private func bind(_ value: SQLiteValue, to statement: OpaquePointer, at index: Int32) -> Int32 {
    // SQLITE_TRANSIENT: SQLite copies what it is shown.
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch value {
    case .null: return sqlite3_bind_null(statement, index)
    case .integer(let number): return sqlite3_bind_int64(statement, index, number)
    case .text(let text):
      return sqlite3_bind_text(statement, index, text, Int32(text.utf8.count), copied)
    case .bytes(let bytes):
      return sqlite3_bind_blob64(statement, index, bytes, UInt64(bytes.count), copied)
    }
  }
}
