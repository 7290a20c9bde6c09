import GRDB

/// Every statement of the store goes through these, so that it is prepared once a connection.
extension Database {
  func run(_ sql: String, _ arguments: StatementArguments = []) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }

  func all<Value>(
    _ sql: String, _ arguments: StatementArguments = [], _ decode: (Row) throws -> Value
  ) throws -> [Value] {
    let rows = try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
    var values: [Value] = []
    while let row = try rows.next() { values.append(try decode(row)) }
    return values
  }

  func first<Value>(
    _ sql: String, _ arguments: StatementArguments = [], _ decode: (Row) throws -> Value
  ) throws -> Value? {
    try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments).map(decode)
  }

  /// The first column of the first row; 0 when there is none.
  func number(_ sql: String, _ arguments: StatementArguments = []) throws -> Int64 {
    try (first(sql, arguments) { try $0.at(0) as Int64? } ?? nil) ?? 0
  }
}

extension String {
  /// A list of columns, for a statement that names other tables too.
  func ofTable(_ table: String) -> String {
    split(separator: ", ").map { "\(table).\($0)" }.joined(separator: ", ")
  }
}
