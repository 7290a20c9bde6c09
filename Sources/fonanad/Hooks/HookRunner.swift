import ControlProtocol
import FonanaCore
import LocalStore
import Logging
import SyncEngine

/// Starts one hook's program for each of its events, one after another, in order.
///
/// An event is acknowledged when the program has ended with 0. One that fails is tried again after
/// growing pauses, and then the hook is parked: later events wait behind it until a person says
/// how it goes on.
struct HookRunner: Sendable {
  /// In seconds.
  private static let longestPause = 300
  /// After the store could not be read or written.
  private static let storePause = Duration.seconds(10)

  let hook: HookConfiguration
  let context: DaemonContext
  let renderer: EventRenderer

  /// Until the task is cancelled or the daemon stops.
  func run() async {
    context.engine.attentionBegan()
    defer { context.engine.attentionEnded() }
    while !Task.isCancelled, !context.hub.isClosed { await runOnce() }
  }

  /// Until an error, or until its name is forgotten: then it begins anew, with a bell that rings.
  private func runOnce() async {
    let bell = context.hub.bell()
    let session = context.sessions.open(hook.consumer) { _ in bell.cancel() }
    defer { context.sessions.close(hook.consumer, session) }
    await withTaskCancellationHandler {
      await followUntilAnError(bell)
    } onCancel: {
      bell.cancel()
    }
  }

  /// A full disk may be over in a while: then it goes on from its cursor.
  private func followUntilAnError(_ bell: EventBell) async {
    do throws(FonanaError) {
      try await follow(bell)
    } catch {
      // “logout --purge” takes the names too: it begins anew, and at once.
      guard error.code != .notFound else { return }
      logger.error(
        "A hook can't read its events, and tries again.",
        metadata: ["hook": "\(hook.name)", "reason": "\(error.message)"])
      await context.hooks.pause(hook.name, for: Self.storePause / context.launch.timeScale)
    }
  }

  private func follow(_ bell: EventBell) async throws(FonanaError) {
    let newest = try await context.store.eventRange().newest
    let consumer = try await context.store.openConsumer(hook.consumer, at: SystemClock.wall)
    var feed = StandingFeed(context.store, bell, after: consumer.cursor)
    while let page = try await feed.next() {
      if let lost = page.lost { tell(lost) }
      for event in page.events where hook.events.contains(event.kind) {
        guard try await carryOut(event, isReplayed: event.sequence <= newest) else { return }
        try await acknowledge(event.sequence)
      }
      try await acknowledge(feed.cursor)
    }
  }

  /// False when the daemon stops before it is done.
  private func carryOut(_ event: StoreEvent, isReplayed: Bool) async throws(FonanaError) -> Bool {
    while true {
      let state = try await context.store.consumer(hook.consumer)
      let failures = state?.failures ?? 0
      if failures > 0 {
        let isParked = state?.parkedAt != nil
        await context.hooks.pause(hook.name, for: isParked ? nil : pause(after: failures))
        if Task.isCancelled || context.hub.isClosed { return false }
        if context.hooks.takeSkip(hook.name) { return skipped(event) }
      }
      if hook.isFull { await context.complete(event) }
      guard let shown = try await renderer.shown(event, isReplayed: isReplayed) else { return true }
      switch try await start(shown, attempt: failures + 1) {
      case .done:
        context.hooks.noteDone(hook.name)
        return true
      case .failed(let reason):
        if Task.isCancelled || context.hub.isClosed { return false }
        try await note(reason, failures: failures + 1, at: event)
      }
    }
  }

  private func start(_ event: WatchEvent, attempt: Int) async throws(FonanaError) -> HookOutcome {
    let run = HookRun(hook: hook, event: event, attempt: attempt)
    context.hooks.note(hook.name, isRunning: true)
    defer { context.hooks.note(hook.name, isRunning: false) }
    let ending = await SystemProgram.feed(
      hook.command, try run.input(),
      run.environment(context.launch.environment, profile: context.paths.profile.text),
      within: hook.timeout)
    return HookOutcome(ending, within: hook.timeout)
  }

  private func pause(after failures: Int) -> Duration {
    .milliseconds(
      1000 * min(1 << min(failures - 1, 16), Self.longestPause) / context.launch.timeScale)
  }

  private func acknowledge(_ cursor: Int64) async throws(FonanaError) {
    _ = try await context.store.acknowledge(cursor, by: hook.consumer, at: SystemClock.wall)
  }

  private func note(
    _ reason: String, failures: Int, at event: StoreEvent
  ) async throws(FonanaError) {
    let isParked = failures >= hook.attempts
    try await context.store.noteFailure(
      reason, of: hook.consumer, parking: isParked, at: SystemClock.wall)
    logger.log(
      level: isParked ? .error : .warning,
      isParked ? "A hook has failed too often and is parked." : "A hook has failed.",
      metadata: [
        "hook": "\(hook.name)", "cursor": "\(event.sequence)", "failures": "\(failures)",
        "reason": "\(HookOutcome.ending(of: reason))",
      ])
  }

  private func skipped(_ event: StoreEvent) -> Bool {
    logger.warning(
      "An event was given up for a hook.",
      metadata: ["hook": "\(hook.name)", "cursor": "\(event.sequence)"])
    return true
  }

  private func tell(_ lost: Range<Int64>) {
    logger.error(
      "Events are not kept any more that a hook has not seen.",
      metadata: ["hook": "\(hook.name)", "count": "\(lost.count)"])
  }

  private var logger: Logger { context.log.logger(.hook) }
}
