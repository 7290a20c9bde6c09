import ControlProtocol
import FonanaCore
import Glibc

/// Events without end: when the daemon restarts, it goes on after the last one.
final class EventFeed {
  /// Three heartbeats.
  private static let silence = Duration.seconds(45)
  /// An acknowledgement costs a write to the disk.
  private static let mostUnacknowledged = 64

  private let context: Context
  private var request: SubscribeRequest
  private let acknowledges: Bool
  private var daemon: Daemon?
  /// Done, but not acknowledged yet.
  private var done: [Int64] = []

  /// - Parameter acknowledges: what `next()` has given counts as done when it is called again.
  init(_ context: Context, _ request: SubscribeRequest, acknowledges: Bool = false) {
    self.context = context
    self.request = request
    self.acknowledges = acknowledges
  }

  /// Fails when there is no daemon; later losses are waited out.
  func open() throws(FonanaError) { try subscribe(.automatically) }

  func next() throws(FonanaError) -> WatchEvent {
    while true {
      do {
        if done.count >= Self.mostUnacknowledged { try acknowledge() }
        let isWaiting = done.isEmpty
        if let event = try daemon?.nextEvent(within: isWaiting ? Self.silence : .zero) {
          return note(event)
        }
        if !isWaiting {
          try acknowledge()
          continue
        }
      } catch  where error.code == .daemonUnavailable || error.code == .cursorExpired {
        // Gone, or it could not wait for us: there is more after the last cursor.
      }
      try reconnect()
    }
  }

  private func note(_ event: WatchEvent) -> WatchEvent {
    if case .lost(let lost) = event.data { context.output.warn(lost.sentence) }
    if acknowledges, event.cursor > request.cursor ?? 0 { done.append(event.cursor) }
    request.cursor = max(request.cursor ?? 0, event.cursor)
    return event
  }

  private func acknowledge() throws(FonanaError) {
    guard let name = request.name, let cursor = done.last, let daemon else { return }
    _ = try daemon.call(Calls.acknowledge, AcknowledgeRequest(name: name, cursor: cursor))
    done = []
  }

  private func subscribe(_ start: DaemonLauncher.Start) throws(FonanaError) {
    let daemon = try context.connect(start)
    let result = try daemon.call(Calls.subscribe, request)
    request.cursor = result.cursor
    self.daemon = daemon
  }

  private func reconnect() throws(FonanaError) {
    daemon = nil
    var isFirst = true
    while daemon == nil {
      do {
        try subscribe(.never)
      } catch  where error.code == .cursorExpired || error.code == .invalidInput {
        throw error
      } catch {
        if isFirst { context.output.note("The daemon has gone; waiting for it …") }
        isFirst = false
        usleep(300_000)
      }
    }
  }
}
