package import FonanaCore

/// All that the engine wants done. The driver does it and decides nothing.
package enum EngineEffect: Sendable, Codable {
  /// One transaction; commits keep their order. Answered by `committed` or `commitFailed`.
  case commit(TransactionID, [StoreAct])
  /// Answered by `answered`.
  case request(RequestID, ServerRequest, Credentials?)
  case cancel(RequestID)
  /// Answered by `socket` signals, the last of which is `closed` or `failed`.
  case openSocket(SocketID, Credentials)
  case say(SocketID, SocketCommand)
  /// On the boot-time clock.
  case setTimer(TimerID, at: Duration)
  case cancelTimer(TimerID)
  case save(StoredCredentials)
  case answer(WishID, WishAnswer)
  case log(LogLine)
  /// Everything is closed: `run` may return.
  case stop
}

/// A line for the log. Never holds a secret or the text of a message.
package struct LogLine: Sendable, Equatable, Codable {
  package enum Level: String, Sendable, Codable { case debug, info, warning, error }

  package var level: Level
  package var stage: Stage
  package var detail: String

  package init(_ level: Level, _ stage: Stage, _ detail: String = "") {
    self.level = level
    self.stage = stage
    self.detail = detail
  }
}
