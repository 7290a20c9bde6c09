import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// One stream of events: `ready`, what was missed, then what happens, with a heartbeat.
struct Subscription: Sendable {
  static let heartbeat = Duration.seconds(15)
  private static let page = 200

  let context: DaemonContext
  let renderer: EventRenderer
  let caller: Caller
  let listener: EventListener
  let isFull: Bool
  let start: Int64

  /// Until the client is gone, is too slow, or the daemon stops. Somebody looks that long.
  func run() async {
    context.engine.attentionBegan()
    defer { context.engine.attentionEnded() }
    push(
      WatchEvent(
        cursor: start, at: SystemClock.wall, event: .ready,
        data: .other(["daemonVersion": .string(BuildInfo.version)])))
    do throws(FonanaError) {
      let last = try await replay()
      await follow(after: last)
    } catch {
      caller.end(try? RPC.ended(error))
    }
    listener.cancel()
  }

  private func replay() async throws(FonanaError) -> Int64 {
    var cursor = start
    while true {
      let events = try await context.store.events(after: cursor, limit: Self.page)
      for event in events {
        if let line = await renderer.line(event, isReplayed: true) { caller.push(line) }
      }
      guard let last = events.last else { return cursor }
      cursor = last.sequence
    }
  }

  private func follow(after last: Int64) async {
    let place = SubscriptionPlace(last)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await beat(place) }
      for await event in listener.events {
        await deliver(event, place)
      }
      group.cancelAll()
    }
    caller.end(try? RPC.ended(context.hub.isClosed ? .daemonStops : Self.tooSlow))
  }

  private func deliver(_ event: HubEvent, _ place: SubscriptionPlace) async {
    let sequence = event.event.sequence
    guard sequence > place.cursor else { return }
    if isFull, event.event.kind == .messageReceived {
      await context.complete(event.event)
      if let line = await renderer.line(event.event, isReplayed: false) { caller.push(line) }
    } else if let line = event.line {
      caller.push(line)
    }
    place.cursor = sequence
  }

  private func beat(_ place: SubscriptionPlace) async {
    while (try? await Task.sleep(for: Self.heartbeat)) != nil {
      push(
        WatchEvent(
          cursor: place.cursor, at: SystemClock.wall, event: .heartbeat, data: .other([:])))
    }
  }

  private func push(_ event: WatchEvent) {
    if let line = try? RPC.event(event) { caller.push(line) }
  }

  private static let tooSlow = FonanaError(
    .cursorExpired, "The subscriber did not keep up with the events and was dropped.",
    hint: "Subscribe again from the last cursor.")
}
