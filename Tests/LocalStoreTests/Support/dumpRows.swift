import GRDB

/// A line for each row of each table, in a fixed order.
func dumpRows(of db: Database, without skipped: Set<String>) throws -> [String] {
  let tables = try String.fetchAll(
    db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
  var lines: [String] = []
  for table in tables where !skipped.contains(table) {
    let rows = try Row.fetchAll(db, sql: "SELECT * FROM \(table)")
    lines += rows.map { "\(table): \($0)" }.sorted()
  }
  return lines
}

/// The text of the schema, whatever order it was made in.
func schemaText(of db: Database) throws -> [String] {
  try String.fetchAll(
    db, sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")
}
