import ControlProtocol
import FonanaCore
import LocalStore

/// `hooks.list`, `hooks.retry`, `hooks.skip`.
struct HookHandler: Sendable {
  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.listHooks) { _, _ throws(FonanaError) in
      HookListing(hooks: try await context.hookList())
    }
    router.on(Calls.retryHook) { request, _ throws(FonanaError) in
      try await goOn(request.name, skipping: false)
    }
    router.on(Calls.skipHook) { request, _ throws(FonanaError) in
      try await goOn(request.name, skipping: true)
    }
  }

  private func goOn(_ name: String, skipping: Bool) async throws(FonanaError) -> HookInfo {
    guard let hook = context.configuration.hooks.first(where: { $0.name == name }) else {
      throw FonanaError(
        .notFound, "No hook is called “\(DisplayText.line(name, limit: 40))”.",
        hint: "“fonana hooks” lists them; a new one counts after “fonana daemon restart”.")
    }
    guard try await context.store.unparkConsumer(hook.consumer) else {
      throw FonanaError(.conflict, "The hook “\(name)” has not failed.")
    }
    context.hooks.wake(name, skipping: skipping)
    return try await context.info(of: hook)
  }
}

extension DaemonContext {
  func hookList() async throws(FonanaError) -> [HookInfo] {
    var list: [HookInfo] = []
    for hook in configuration.hooks { list.append(try await info(of: hook)) }
    return list
  }

  func info(of hook: HookConfiguration) async throws(FonanaError) -> HookInfo {
    let state = try await store.consumers().first { $0.consumer.name == hook.consumer }
    let consumer = state?.consumer
    let entry = hooks[hook.name]
    let waiting =
      if let consumer {
        try await store.eventCount(of: hook.events, after: consumer.cursor)
      } else { 0 }
    return HookInfo(
      name: hook.name, command: hook.command, events: hook.events.map(\.rawValue).sorted(),
      full: hook.isFull,
      state: consumer?.parkedAt != nil
        ? .parked : entry.isRunning ? .running : (consumer?.failures ?? 0) > 0 ? .failing : .idle,
      waiting: waiting, lost: state?.lost ?? 0, failures: consumer?.failures ?? 0,
      reason: consumer?.failure, nextAttemptAt: entry.nextAttemptAt, parkedAt: consumer?.parkedAt)
  }
}
