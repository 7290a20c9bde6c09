import ControlProtocol
import FonanaCore
import Glibc

/// Events without end: when the daemon restarts, it goes on after the last one.
final class EventFeed {
  /// Three heartbeats.
  private static let silence = Duration.seconds(45)

  private let context: Context
  private var request: SubscribeRequest
  private var daemon: Daemon?

  init(_ context: Context, _ request: SubscribeRequest) {
    self.context = context
    self.request = request
  }

  /// Fails when there is no daemon; later losses are waited out.
  func open() throws(FonanaError) { try subscribe(.automatically) }

  func next() throws(FonanaError) -> WatchEvent {
    while true {
      do {
        if let event = try daemon?.nextEvent(within: Self.silence) {
          request.cursor = max(request.cursor ?? 0, event.cursor)
          return event
        }
      } catch  where error.code == .daemonUnavailable {
      }
      reconnect()
    }
  }

  private func subscribe(_ start: DaemonLauncher.Start) throws(FonanaError) {
    let daemon = try context.connect(start)
    let result = try daemon.call(Calls.subscribe, request)
    request.cursor = result.cursor
    self.daemon = daemon
  }

  private func reconnect() {
    daemon = nil
    context.output.note("The daemon has gone; waiting for it …")
    while daemon == nil {
      usleep(300_000)
      try? subscribe(.never)
    }
  }
}
