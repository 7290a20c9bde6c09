import FonanaCore
package import Logging

/// Writes the core's lines: category and stage as metadata, the detail as text, never a secret.
package struct EngineLog: Sendable {
  private let logger: Logger

  package init(_ logger: Logger) { self.logger = logger }

  package func write(_ line: LogLine) {
    logger.log(
      level: Logger.Level(line.level), "\(line.detail)",
      metadata: [
        "category": "\(line.stage.category)", "stage": "\(line.stage.rawValue)",
      ])
  }

  func storeFailed(_ error: FonanaError) {
    logger.error(
      "\(error.code.rawValue): \(error.message)",
      metadata: ["category": "sync", "stage": "storeFailed"])
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
