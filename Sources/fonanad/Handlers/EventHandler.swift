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
    if let name = request.name { try Self.check(name: name) }
    let listener = context.hub.listen()
    let start: Int64
    do throws(FonanaError) {
      start = try await place(request)
    } catch {
      listener.cancel()
      throw error
    }
    let subscription = Subscription(
      context: context, renderer: renderer, caller: caller, listener: listener,
      name: request.name, isFull: request.full, start: start)
    caller.becomeSubscriber()
    caller.whenGone(listener.cancel)
    caller.afterAnswer { await subscription.run() }
    return SubscribeResult(cursor: start)
  }

  /// The cursor after which the stream begins; one that is not kept any more is an error.
  private func place(_ request: SubscribeRequest) async throws(FonanaError) -> Int64 {
    var cursor = request.cursor
    if cursor == nil, let name = request.name {
      cursor = try await context.store.cursor(of: name)
    }
    guard let cursor else { return try await context.store.eventRange().newest }
    _ = try await context.store.events(after: cursor, limit: 1)
    return cursor
  }

  private static func check(name: String) throws(FonanaError) {
    guard (1...64).contains(name.utf8.count),
      !name.unicodeScalars.contains(where: DisplayText.isHidden)
    else { throw FonanaError(.invalidInput, "A subscriber's name has 1 to 64 characters.") }
  }
}
