import FonanaCore
import LocalStore
import ServiceLifecycle

/// Takes the engine's events to the hub, each with the line that all subscribers get.
///
/// The engine hands over without waiting; between the two is a bounded queue. Should it ever
/// overflow, all subscribers are cut off: they go on from their cursor, so nothing is lost.
struct EventPump: Service {
  private static let queueLimit = 4096

  private let hub: EventHub
  private let renderer: EventRenderer
  private let images: OutgoingImages
  private let batches: AsyncStream<[StoreEvent]>
  private let queue: AsyncStream<[StoreEvent]>.Continuation

  init(hub: EventHub, renderer: EventRenderer, images: OutgoingImages) {
    self.hub = hub
    self.renderer = renderer
    self.images = images
    (batches, queue) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.queueLimit))
  }

  /// What the engine calls after each commit.
  var intake: @Sendable ([StoreEvent]) -> Void {
    { [queue, hub] events in
      if case .dropped = queue.yield(events) { hub.cutOffAll() }
    }
  }

  func run() async throws {
    for await batch in batches.cancelOnGracefulShutdown() {
      for event in batch { await publish(event) }
    }
  }

  private func publish(_ event: StoreEvent) async {
    let line = hub.wantsLines ? await renderer.line(event, isReplayed: false) : nil
    hub.publish(HubEvent(event: event, line: line))
    if event.kind == .messageSent || event.kind == .outboxChanged, let cid = event.cid {
      await removeImage(of: cid)
    }
  }

  /// Once an item has left the outbox, sent or cancelled, its image is not needed any more.
  private func removeImage(of cid: ClientID) async {
    do throws(FonanaError) {
      if try await renderer.store.outboxItem(cid) == nil { images.remove(for: cid) }
    } catch {
      // It is an orphan then, and goes at the next start.
    }
  }
}
