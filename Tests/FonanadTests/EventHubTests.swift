import FonanaCore
import Testing

@testable import fonanad

@Suite(.timeLimit(.minutes(1))) struct EventHubTests {
  private func event(_ sequence: Int64) -> HubEvent {
    HubEvent(
      event: StoreEvent(
        sequence: sequence, at: Timestamp(milliseconds: 0), kind: .messageReceived), line: nil)
  }

  private func sequences(_ listener: EventListener) async -> [Int64] {
    var found: [Int64] = []
    for await event in listener.events { found.append(event.event.sequence) }
    return found
  }

  @Test func allListenersGetAllEventsInOrder() async {
    let hub = EventHub()
    let listeners = [hub.listen(), hub.listen()]
    for number in 1...3 { hub.publish(event(Int64(number))) }
    hub.close()
    for listener in listeners { #expect(await sequences(listener) == [1, 2, 3]) }
  }

  @Test func aSlowListenerIsCutOffAndOthersAreNot() async {
    let hub = EventHub()
    let slow = hub.listen(capacity: 2)
    let quick = hub.listen(capacity: 10)
    for number in 1...5 { hub.publish(event(Int64(number))) }
    #expect(hub.listenerCount == 1)
    #expect(await sequences(slow) == [1, 2])
    hub.close()
    #expect(await sequences(quick) == [1, 2, 3, 4, 5])
  }

  @Test func cancellingEndsTheStream() async {
    let hub = EventHub()
    let listener = hub.listen()
    listener.cancel()
    hub.publish(event(1))
    #expect(await sequences(listener) == [])
    #expect(hub.listenerCount == 0)
  }

  @Test func aClosedHubGivesEndedStreams() async {
    let hub = EventHub()
    hub.close()
    #expect(await sequences(hub.listen()) == [])
  }
}
