import FonanaCore
package import Logging

/// Writes the core's lines: category and stage as metadata, never a secret.
package struct EngineLog: Sendable {
  private let logger: Logger

  package init(_ logger: Logger) { self.logger = logger }

  package func write(_ line: LogLine) {
    logger.log(
      level: Logger.Level(line.level), "\(line.stage.rawValue)",
      metadata: [
        "category": "\(line.stage.category)", "detail": "\(line.detail)",
      ])
  }

  func storeFailed(_ error: FonanaError) {
    logger.error(
      "storeFailed",
      metadata: ["category": "sync", "detail": "\(error.code.rawValue): \(error.message)"])
  }
}

extension Logger.Level {
  init(_ level: LogLine.Level) {
    switch level {
    case .debug: self = .debug
    case .info: self = .info
    case .warning: self = .warning
    case .error: self = .error
    }
  }
}
