import ControlProtocol
import FonanaCore
import Glibc
import Logging
import Synchronization

/// Where the lines of all loggers go: JSON into the profile's file, text to stderr, until that is left.
///
/// One for the process. The mutex guards the level and keeps lines whole.
final class LogSink: Sendable {
  private struct State: ~Copyable {
    var level: Logger.Level
    var file: LogFile?
    var writesToStandardError: Bool
    var standardError = PatientStream(descriptor: STDERR_FILENO)
    var listeners: [Int: AsyncStream<LogLine>.Continuation] = [:]
    var lastListener = 0
  }

  private let state: Mutex<State>
  private let now: @Sendable () -> Timestamp

  init(
    level: Logger.Level, file: consuming LogFile?, writesToStandardError: Bool = true,
    now: @escaping @Sendable () -> Timestamp = { SystemClock.wall }
  ) {
    state = Mutex(
      State(level: level, file: file, writesToStandardError: writesToStandardError))
    self.now = now
  }

  /// May change at any time; counts from the next line on.
  var level: Logger.Level {
    get { state.withLock { $0.level } }
    set { state.withLock { $0.level = newValue } }
  }

  /// From now on lines go to the file only, which is turned over. stderr may be a file that is not.
  func leaveStandardError() {
    state.withLock { $0.writesToStandardError = false }
  }

  func logger(_ category: LogCategory) -> Logger {
    Logger(label: category.rawValue) { CategoryLogHandler(category: $0, sink: self) }
  }

  func write(
    _ level: Logger.Level, category: String, stage: String?, message: String,
    fields: [String: String]
  ) {
    let line = LogLine(
      at: now(), level: level.rawValue, category: category, stage: stage,
      message: SecretScrubber.scrub(Self.trimmed(message)),
      fields: fields.mapValues(SecretScrubber.scrub))
    let json = try? ControlJSON.encode(line) + [UInt8(ascii: "\n")]
    state.withLock { state in
      if let json { state.file?.write(json) }
      if state.writesToStandardError {
        state.standardError.write(line.text)
      }
      for listener in state.listeners.values { listener.yield(line) }
    }
  }

  /// How many hear the lines.
  var listeners: Int { state.withLock { $0.listeners.count } }

  /// What a message ends with may have been empty.
  private static func trimmed(_ message: String) -> String {
    var message = message[...]
    while message.last == " " { message.removeLast() }
    return String(message)
  }

  /// Hears every line from now on; of those that nobody fetches in time the newest 500 are kept.
  func listen() -> (stream: AsyncStream<LogLine>, cancel: @Sendable () -> Void) {
    let (stream, continuation) = AsyncStream<LogLine>.makeStream(
      bufferingPolicy: .bufferingNewest(500))
    let number = state.withLock { state in
      state.lastListener += 1
      state.listeners[state.lastListener] = continuation
      return state.lastListener
    }
    return (
      stream,
      { [weak self] in
        _ = self?.state.withLock { $0.listeners.removeValue(forKey: number) }
        continuation.finish()
      }
    )
  }
}
