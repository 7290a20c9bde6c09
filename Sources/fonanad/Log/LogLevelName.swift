import Logging

/// The names of the levels, in the file, the environment and on the socket.
enum LogLevelName {
  static let all = Logger.Level.allCases.map(\.rawValue)
}
