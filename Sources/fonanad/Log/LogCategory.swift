import Logging

/// What a line of the log is about (docs/interface.md, `logs`).
enum LogCategory: String, CaseIterable, Sendable {
  case jwt, websocket, http, sync, outbox, control, notify
}

/// The names of the levels, in the file, the environment and on the socket.
enum LogLevelName {
  static let all = Logger.Level.allCases.map(\.rawValue)
}
