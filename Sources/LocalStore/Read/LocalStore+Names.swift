package import FonanaCore
import GRDB

extension LocalStore {
  /// What people are called here: nicknames of the mirror, and whom messages wait for, as it was
  /// typed.
  package func names() async throws(FonanaError) -> [String] {
    try await read { try $0.names() }
  }

  /// Of a store that nobody has open; nothing is written. None when there is no store. Blocks.
  package static func names(path: String) throws(FonanaError) -> [String] {
    try look(at: path) { try $0.names() } ?? []
  }
}

extension Database {
  fileprivate func names() throws -> [String] {
    try all(
      """
      SELECT nickname FROM user WHERE nickname IS NOT NULL UNION SELECT recipient FROM outbox
      """
    ) { try $0.at(0) }
  }
}
