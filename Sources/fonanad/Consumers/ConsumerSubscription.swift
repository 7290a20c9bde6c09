import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// The stream of a consumer with a name: `ready`, then every event that it has not acknowledged
/// and every one that comes, in order, no faster than it reads.
struct ConsumerSubscription: Sendable {
  let context: DaemonContext
  let renderer: EventRenderer
  let caller: Caller
  let bell: EventBell
  let name: String
  let isFull: Bool
  let start: Int64
  /// What is not newer happened before the subscription.
  let newest: Int64

  /// Until the client is gone, another takes the name, or the daemon stops.
  func run() async {
    let session = context.sessions.open(name) { [caller, bell] reason in
      caller.end(try? RPC.ended(reason))
      bell.cancel()
    }
    context.engine.attentionBegan()
    defer {
      context.engine.attentionEnded()
      context.sessions.close(name, session)
      bell.cancel()
    }
    let place = SubscriptionPlace(start)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await beat(place) }
      do throws(FonanaError) {
        try await tell(place)
        if context.hub.isClosed { caller.end(try? RPC.ended(.daemonStops)) }
      } catch {
        caller.end(try? RPC.ended(error))
      }
      group.cancelAll()
    }
  }

  private func tell(_ place: SubscriptionPlace) async throws(FonanaError) {
    var output = MeasuredPush(caller)
    let version = EventData.other(["daemonVersion": .string(BuildInfo.version)])
    guard await output.push(try line(.ready, start, version)) else { return }
    var feed = StandingFeed(context.store, bell, after: start)
    while let page = try await feed.next() {
      if let lost = page.lost {
        let data = EventData.lost(LostEvents(lost))
        guard await output.push(try line(.lost, lost.upperBound - 1, data)) else { return }
      }
      for event in page.events {
        if let line = try await line(event), await !output.push(line) { return }
        place.cursor = event.sequence
      }
    }
  }

  private func line(_ event: StoreEvent) async throws(FonanaError) -> [UInt8]? {
    if isFull { await context.complete(event) }
    let shown = try await renderer.shown(event, isReplayed: event.sequence <= newest)
    return try shown.map { event throws(FonanaError) in try RPC.event(event) }
  }

  private func line(
    _ name: EventName, _ cursor: Int64, _ data: EventData
  ) throws(FonanaError) -> [UInt8] {
    try RPC.event(WatchEvent(cursor: cursor, at: SystemClock.wall, event: name, data: data))
  }

  private func beat(_ place: SubscriptionPlace) async {
    while (try? await Task.sleep(for: Subscription.heartbeat)) != nil {
      if let line = try? line(.heartbeat, place.cursor, .other([:])) { caller.push(line) }
    }
  }
}

extension LostEvents {
  init(_ cursors: Range<Int64>) {
    self.init(count: cursors.count, first: cursors.lowerBound, last: cursors.upperBound - 1)
  }
}

extension DaemonContext {
  /// Fetches (and so ticks) what the server has only announced of a new message.
  func complete(_ event: StoreEvent) async {
    guard event.kind == .messageReceived, let id = event.messageID,
      let conversation = event.conversationID,
      let row = try? await store.message(id, mode: mode), !row.message.isComplete
    else { return }
    // A page that has come may not be on the disk yet: then nothing else would be waited for.
    _ = await engine.prepareRead(
      conversation, wantsAll: false, insists: true, patience: ReadHandler.patience)
  }
}
