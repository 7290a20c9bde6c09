import ControlProtocol
import FonanaCore
import SyncEngine

/// What an open page is told: the end of the log, the state after each change of the engine and
/// every two seconds, and each line of the log as it is written.
struct DashboardFeed: Sendable {
  private static let beat = Duration.seconds(2)
  /// Many changes are one for an eye.
  private static let pause = Duration.milliseconds(300)

  let parts: DashboardParts

  /// Until the reader is gone or the daemon stops.
  func run(_ writer: WebWriter) async throws {
    let lines = parts.context.log.listen()
    let changes = parts.context.engine.changes()
    defer {
      lines.cancel()
      changes.cancel()
    }
    let began = SystemClock.wall
    let past = LogExcerpt.newest(of: parts.context.paths.log)
    try await writer.write(try PageJSON.event("past", past))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await follow(lines.stream, after: past.filter { $0.at >= began }, writer)
      }
      group.addTask { try await report(changes.stream, writer) }
      // The first to end ends all: the reader is gone, or the daemon stops.
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  /// `known` were read from the file although they were heard too.
  private func follow(
    _ lines: AsyncStream<ControlProtocol.LogLine>, after known: [ControlProtocol.LogLine],
    _ writer: WebWriter
  ) async throws {
    var known = known
    for await line in lines {
      if let index = known.firstIndex(of: line) {
        known.remove(at: index)
      } else {
        try await writer.write(try PageJSON.event("log", line))
      }
    }
  }

  private func report(_ changes: AsyncStream<Void>, _ writer: WebWriter) async throws {
    let (wakes, wake) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for await _ in changes { wake.yield() }
        wake.finish()
      }
      group.addTask { while (try? await Task.sleep(for: Self.beat)) != nil { wake.yield() } }
      defer { group.cancelAll() }
      try await writer.write(try PageJSON.event("status", try await parts.snapshot()))
      for await _ in wakes {
        try await writer.write(try PageJSON.event("status", try await parts.snapshot()))
        try await Task.sleep(for: Self.pause)
      }
    }
  }
}
