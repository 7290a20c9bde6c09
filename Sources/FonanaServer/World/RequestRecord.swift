/// One HTTP request as the server saw it.
package struct RequestRecord: Sendable, Equatable {
  /// Counts from 1.
  package let number: Int
  /// Milliseconds since 1970, at its arrival.
  package let at: Int64
  package let method: String
  /// With the query.
  package let path: String
  package let label: String
  package let hasBearer: Bool
  /// The header `x-user-wallet`.
  package let wallet: String?
  package let conversationID: String?
  /// 0 while unanswered, and for ever when the answer was a cut or a hang.
  package var status: Int
}
