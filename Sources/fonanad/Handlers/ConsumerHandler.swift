import ControlProtocol
import FonanaCore
import LocalStore

/// `events.acknowledge`, `consumers.list`, `consumers.forget`.
struct ConsumerHandler: Sendable {
  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.acknowledge) { request, _ throws(FonanaError) in
      let consumer = try await context.store.acknowledge(
        request.cursor, by: request.name, at: SystemClock.wall)
      return AcknowledgeResult(name: consumer.name, cursor: consumer.cursor)
    }
    router.on(Calls.listConsumers) { _, _ throws(FonanaError) in
      ConsumerListing(
        consumers: try await context.store.consumers().map { state in
          ConsumerInfo(state, isConnected: context.sessions.isOpen(state.consumer.name))
        })
    }
    router.on(Calls.forgetConsumer) { request, _ throws(FonanaError) in
      try await context.store.forgetConsumer(request.name)
      context.sessions.end(
        request.name, because: FonanaError(.conflict, "The consumer's name was forgotten."))
      return NoParameters()
    }
  }
}

extension ConsumerInfo {
  init(_ state: ConsumerState, isConnected: Bool) {
    self.init(
      name: state.consumer.name, cursor: state.consumer.cursor, waiting: state.waiting,
      lost: state.lost, connected: isConnected, seenAt: state.consumer.seenAt)
  }
}
