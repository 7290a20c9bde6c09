/// What goes wrong with the next WebSocket upgrades.
package enum UpgradeFault: Sendable, Equatable {
  /// Refused with that HTTP status.
  case status(Int)
  /// Never answered.
  case hang
  /// The connection is closed without an answer.
  case reset
  /// Upgraded and then closed with that code, whatever the token.
  case closeAfterUpgrade(code: UInt16, reason: String)
  /// A proxy on the way drops the query, the header `Authorization`, or both.
  case loseToken(query: Bool, header: Bool)
}
