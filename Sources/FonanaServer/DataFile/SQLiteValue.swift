/// What can stand in a column.
enum SQLiteValue {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])

  static func text(_ text: String?) -> SQLiteValue {
    text.map { .text($0) } ?? .null
  }

  static func integer(_ number: Int64?) -> SQLiteValue {
    number.map { .integer($0) } ?? .null
  }

  static func flag(_ isSet: Bool) -> SQLiteValue {
    .integer(isSet ? 1 : 0)
  }

  static func json(_ value: WireJSON?) -> SQLiteValue {
    .text(value.map { String(decoding: $0.bytes, as: UTF8.self) })
  }
}
