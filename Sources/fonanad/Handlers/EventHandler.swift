import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// `events.subscribe`.
struct EventHandler: Sendable {
  let context: DaemonContext
  let renderer: EventRenderer

  func register(in router: inout ControlRouter) {
    router.on(Calls.subscribe) { request, caller throws(FonanaError) in
      try await subscribe(request, caller)
    }
  }

  private func subscribe(
    _ request: SubscribeRequest, _ caller: Caller
  ) async throws(FonanaError) -> SubscribeResult {
    if let name = request.name { return try await consume(as: name, request, caller) }
    let listener = context.hub.listen(wantsLines: true)
    let start: Int64
    do throws(FonanaError) {
      start = try await place(request.cursor)
    } catch {
      listener.cancel()
      throw error
    }
    let subscription = Subscription(
      context: context, renderer: renderer, caller: caller, listener: listener,
      isFull: request.full, start: start)
    caller.becomeSubscriber()
    caller.whenGone(listener.cancel)
    caller.afterAnswer { await subscription.run() }
    return SubscribeResult(cursor: start)
  }

  /// The cursor after which the stream begins; one that is not kept any more is an error.
  private func place(_ cursor: Int64?) async throws(FonanaError) -> Int64 {
    guard let cursor else { return try await context.store.eventRange().newest }
    _ = try await context.store.events(after: cursor, limit: 1)
    return cursor
  }

  private func consume(
    as name: String, _ request: SubscribeRequest, _ caller: Caller
  ) async throws(FonanaError) -> SubscribeResult {
    try Self.check(name: name)
    let newest = try await context.store.eventRange().newest
    let consumer = try await context.store.openConsumer(name, at: SystemClock.wall)
    // After a restart of the daemon a command goes on after what it has already.
    let start = max(request.cursor ?? 0, consumer.cursor)
    let bell = context.hub.bell()
    let subscription = ConsumerSubscription(
      context: context, renderer: renderer, caller: caller, bell: bell, name: name,
      isFull: request.full, start: start, newest: newest)
    caller.becomeSubscriber()
    caller.whenGone(bell.cancel)
    caller.afterAnswer { await subscription.run() }
    return SubscribeResult(cursor: start)
  }

  private static func check(name: String) throws(FonanaError) {
    guard (1...64).contains(name.utf8.count),
      !name.unicodeScalars.contains(where: {
        $0.properties.generalCategory == .control || DisplayText.isHidden($0)
      })
    else {
      throw FonanaError(.invalidInput, "A consumer's name has 1 to 64 characters that can be seen.")
    }
    guard !name.hasPrefix(HookConfiguration.prefix) else {
      throw FonanaError(.invalidInput, "Names that begin with “hook:” are those of hooks.")
    }
  }
}
