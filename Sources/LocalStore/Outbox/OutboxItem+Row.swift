import FonanaCore
import GRDB

extension OutboxItem {
  /// Without `sequence`, which the store gives.
  static let columns = """
    cid, recipient, user_id, conversation_id, content, image_file, image_type, image_bytes, \
    image_digest, image_url, price, metadata, state, attempts, refusals, doubt_fence, \
    doubt_needed, doubt_done, queued_at, reason_code, reason_message, reason_hint, \
    reason_retryable, is_cancel_wanted, is_skipped, is_restored, unless_replied_since
    """

  private static let marks = Array(repeating: "?", count: 27).joined(separator: ", ")

  /// Of `sequence` and the columns.
  init(_ row: Row) throws {
    try self.init(
      sequence: row.at(0), cid: row.at(1),
      recipient: Recipient(text: row.at(2), userID: row.at(3), conversationID: row.at(4)),
      content: row.at(5),
      image: OutgoingImage(row), price: row.at(11), metadata: row.at(12), state: row.at(13),
      attempts: row.at(14), refusals: row.at(15), doubt: Doubt(row), queuedAt: row.at(19),
      reason: FonanaError(row), isCancelWanted: row.at(24),
      isSkipped: row.at(25), isRestored: row.at(26), unlessRepliedSince: row.at(27))
  }

  private var values: StatementArguments {
    [
      cid, recipient.text, recipient.userID, recipient.conversationID, content, image?.fileName,
      image?.contentType, image?.byteCount, image?.digest, image?.uploadedURL, price, metadata,
      state, attempts, refusals, doubt?.fence, doubt?.negativesNeeded, doubt?.isHandlerDone,
      queuedAt, reason?.code.rawValue, reason?.message, reason?.hint, reason?.retryable,
      isCancelWanted, isSkipped, isRestored, unlessRepliedSince,
    ]
  }

  /// Returns the sequence that it got.
  func insert(in db: Database) throws -> Int64 {
    try db.run("INSERT INTO outbox (\(Self.columns)) VALUES (\(Self.marks))", values)
    return db.lastInsertedRowID
  }

  /// Keeps the row's sequence: nothing moves in the queue.
  func update(in db: Database) throws {
    try db.run(
      "UPDATE outbox SET (\(Self.columns)) = (\(Self.marks)) WHERE cid = ?", values + [cid])
  }
}

extension OutgoingImage {
  fileprivate init?(_ row: Row) throws {
    guard let fileName = try row.at(6) as String? else { return nil }
    try self.init(
      fileName: fileName, contentType: row.at(7), byteCount: row.at(8), digest: row.at(9),
      uploadedURL: row.at(10))
  }
}

extension Doubt {
  fileprivate init?(_ row: Row) throws {
    guard let negativesNeeded = try row.at(17) as Int? else { return nil }
    try self.init(fence: row.at(16), negativesNeeded: negativesNeeded, isHandlerDone: row.at(18))
  }
}

extension FonanaError {
  fileprivate init?(_ row: Row) throws {
    guard let code = try row.at(20) as String? else { return nil }
    try self.init(ErrorCode(rawValue: code), row.at(21), hint: row.at(22), retryable: row.at(23))
  }
}

extension Database {
  func outboxItem(_ cid: ClientID) throws -> OutboxItem? {
    try first(
      "SELECT sequence, \(OutboxItem.columns) FROM outbox WHERE cid = ?", [cid], OutboxItem.init)
  }

  /// In enqueue order.
  func outboxItems() throws -> [OutboxItem] {
    try all(
      "SELECT sequence, \(OutboxItem.columns) FROM outbox ORDER BY sequence", [], OutboxItem.init)
  }
}
