import FonanaCore

/// A store that the simulated daemon really uses, beside the `MemoryStore` that tells what it has
/// to hold. The core sees what the twin answers, the checks see the model.
protocol StoreTwin: AnyObject {
  /// One transaction.
  func perform(_ acts: [StoreAct], at now: Timestamp) throws(FonanaError) -> StoreResult
  func snapshot() throws(FonanaError) -> StoreSnapshot
  /// The mirror's rows, in their order.
  func messages(in id: ConversationID) throws(FonanaError) -> [MirrorMessage]
  /// The process is gone: what is on disk is opened again. `isOrderly`: it was closed first.
  func reopen(isOrderly: Bool) throws(FonanaError)
  /// nil: every page is sound.
  func flaw() throws(FonanaError) -> String?
}

/// Which store the simulated daemon has.
enum StoreKind: String, CaseIterable, Sendable {
  case memory
  /// `LocalStore` in a file, and the memory's beside it to be compared with.
  case sqlite
}

extension StoreKind {
  func twin() throws(FonanaError) -> (any StoreTwin)? {
    switch self {
    case .memory: nil
    case .sqlite: try SQLiteTwin()
    }
  }
}
