import FonanaCore
import GRDB

extension FonanaError {
  static func storeDamaged(_ detail: String) -> FonanaError {
    FonanaError(
      .storeDamaged, "The store is damaged (\(detail)).",
      hint: "Move fonana.sqlite aside, keep it for its outbox, and start again.")
  }

  static let storeClosed = FonanaError(
    .storeUnwritable, "The store is closed.", hint: "The daemon is stopping; try again.")

  /// What a failure of the database means for a person.
  init(store error: any Error) {
    switch error {
    case let error as FonanaError: self = error
    case let error as DatabaseError: self = Self.of(error)
    // Without its text, which would hold the row's content.
    case is RowDecodingError: self = .storeDamaged("a row holds a value of the wrong kind")
    default: self.init(.internalDefect, "The store failed (\(error)).")
    }
  }

  private static func of(_ error: DatabaseError) -> FonanaError {
    // Where a call has failed, not a statement, the message is that of none.
    let message = error.message == "not an error" ? "SQLite \(error.resultCode)" : error.message
    let detail = message ?? "SQLite \(error.resultCode.rawValue)"
    return switch error.resultCode {
    case .SQLITE_FULL:
      unwritable(
        "the disk is full",
        hint: "Make room. What was accepted before goes on then; this was not, so say it again.")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
      unwritable(detail, hint: "Check the owner and the rights of the store's folder.")
    case .SQLITE_IOERR, .SQLITE_NOLFS:
      unwritable(detail, hint: "Check the disk and the system's log.")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      unwritable("another program uses it", hint: "Only fonanad may open the store.")
    case .SQLITE_MISUSE: storeClosed
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: storeDamaged(DisplayText.line(detail))
    default: FonanaError(.internalDefect, "The store failed (\(detail)).")
    }
  }

  private static func unwritable(_ why: String, hint: String) -> FonanaError {
    FonanaError(.storeUnwritable, "The store can't be written (\(why)).", hint: hint)
  }
}
