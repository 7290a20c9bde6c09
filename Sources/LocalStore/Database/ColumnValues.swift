import FonanaCore
import GRDB

// How the types of FonanaCore stand in a column.

extension UserID: DatabaseValueConvertible, StatementColumnConvertible {}
extension ConversationID: DatabaseValueConvertible, StatementColumnConvertible {}
extension MessageID: DatabaseValueConvertible, StatementColumnConvertible {}
extension ClientID: DatabaseValueConvertible, StatementColumnConvertible {}
extension NotificationID: DatabaseValueConvertible, StatementColumnConvertible {}
extension OutboxState: DatabaseValueConvertible {}
extension EventKind: DatabaseValueConvertible {}
extension TextSource: DatabaseValueConvertible {}

extension Timestamp: DatabaseValueConvertible {
  var databaseValue: DatabaseValue { milliseconds.databaseValue }

  static func fromDatabaseValue(_ value: DatabaseValue) -> Timestamp? {
    Int64.fromDatabaseValue(value).map(Timestamp.init(milliseconds:))
  }
}

extension Timestamp: StatementColumnConvertible {
  init?(sqliteStatement: SQLiteStatement, index: CInt) {
    self.init(milliseconds: Int64(sqliteStatement: sqliteStatement, index: index))
  }
}

extension JSONText: DatabaseValueConvertible {
  var databaseValue: DatabaseValue { text.databaseValue }

  static func fromDatabaseValue(_ value: DatabaseValue) -> JSONText? {
    String.fromDatabaseValue(value).map(JSONText.init)
  }
}

extension Row {
  /// Throws where GRDB's subscript would trap: a damaged file must not end the daemon.
  func at<Value: DatabaseValueConvertible>(_ index: Int) throws -> Value {
    try decode(atIndex: index)
  }

  /// The same without a value between; Swift chooses it for what can be read so.
  func at<Value: DatabaseValueConvertible & StatementColumnConvertible>(
    _ index: Int
  ) throws -> Value {
    try decode(atIndex: index)
  }

  /// A position in two columns, the instant first; nil when they are null.
  func position(at index: Int) throws -> MessagePosition? {
    guard let createdAt = try at(index) as Timestamp?, let id = try at(index + 1) as MessageID?
    else { return nil }
    return MessagePosition(createdAt: createdAt, id: id)
  }
}
