import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// `outbox.*`.
struct OutboxHandler: Sendable {
  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.listOutbox) { _, _ throws(FonanaError) in
      let freshness = FreshnessInfo(context.engine.status)
      let entries = try await entries()
      let items = entries.cut()
      return OutboxListing(items: items, more: entries.count - items.count, freshness: freshness)
    }
    router.on(Calls.showOutbox) { request, _ throws(FonanaError) in
      try await show(request.cid)
    }
    router.on(Calls.retry) { target, _ throws(FonanaError) in try await retry(target) }
    router.on(Calls.cancel) { target, _ throws(FonanaError) in try await cancel(one(target)) }
    router.on(Calls.skip) { target, _ throws(FonanaError) in
      try await act(one(target)) { .skip($0) }
    }
    router.on(Calls.hold) { target, _ throws(FonanaError) in
      try await each(target, [.queued, .unresolved, .parked]) { .hold($0) }
    }
    router.on(Calls.release) { target, _ throws(FonanaError) in
      try await each(target, [.held]) { .release($0) }
    }
    router.on(Calls.edit) { target, _ throws(FonanaError) in try await edit(target) }
  }

  private func entries() async throws(FonanaError) -> [OutboxEntry] {
    let outlooks = context.engine.outlooks
    return try await context.store.outboxItems().map { row in
      OutboxEntry(row.item, outlooks[row.item.cid], isBlocking: row.isBlockingHead)
    }
  }

  private func show(_ cid: ClientID) async throws(FonanaError) -> OutboxDetail {
    let story = try await context.store.story(of: cid)
    guard !story.isEmpty else { throw Self.unknown(cid) }
    let row = try await context.store.outboxItems().first { $0.item.cid == cid }
    return OutboxDetail(story, cid, row, context.engine.outlooks[cid])
  }

  private func retry(_ target: OutboxTarget) async throws(FonanaError) -> OutboxActResult {
    if let cid = target.cid { return try await act(cid) { .retry($0) } }
    try await context.engine.perform(.retryAll)
    let entries = try await entries()
    let asked = entries.filter {
      $0.state == .parked && $0.reason?.code == .ambiguousDelivery
    }
    return OutboxActResult(
      changed: entries.count { $0.state == .queued || $0.state == .sending }, asked: asked.cut(),
      note: asked.isEmpty
        ? nil : "The server may have \(asked.count) of them already: name each by its cid.")
  }

  private func cancel(_ cid: ClientID) async throws(FonanaError) -> OutboxActResult {
    var result = try await act(cid) { .cancel($0) }
    if result.item?.cancelWanted == true {
      result.note = """
        The server may have it already. It is dropped if the server turns out not to have it; \
        “fonana outbox show \(cid)” tells.
        """
    } else if result.item == nil, try await context.store.sentEntry(cid) != nil {
      throw FonanaError(
        .conflict, "It is too late: the server has the message.",
        hint: "“fonana outbox show \(cid)” tells its story.")
    }
    return result
  }

  private func edit(_ target: OutboxTarget) async throws(FonanaError) -> OutboxActResult {
    let cid = try one(target)
    let item = try await context.store.outboxItem(cid)
    try SendCheck.check(text: target.content, hasImage: item?.image != nil)
    return try await act(cid) { .edit($0, content: target.content ?? "") }
  }

  /// One that has moved on meanwhile is left alone.
  private func each(
    _ target: OutboxTarget, _ states: Set<OutboxState>,
    _ command: @Sendable (ClientID) -> OutboxCommand
  ) async throws(FonanaError) -> OutboxActResult {
    if let cid = target.cid { return try await act(cid, command) }
    var changed = 0
    for row in try await context.store.outboxItems() where states.contains(row.item.state) {
      do throws(FonanaError) {
        try await context.engine.perform(command(row.item.cid))
        changed += 1
      } catch {
        guard error.code == .conflict || error.code == .notFound else { throw error }
      }
    }
    return OutboxActResult(changed: changed)
  }

  /// Answers when the change is on disk; what the disk did not take is an error.
  private func act(
    _ cid: ClientID, _ command: @Sendable (ClientID) -> OutboxCommand
  ) async throws(FonanaError) -> OutboxActResult {
    guard try await context.store.outboxItem(cid) != nil else { throw try await gone(cid) }
    try await context.engine.perform(command(cid))
    let entry = try await entries().first { $0.cid == cid }
    return OutboxActResult(changed: 1, item: entry)
  }

  private func one(_ target: OutboxTarget) throws(FonanaError) -> ClientID {
    guard let cid = target.cid else {
      throw FonanaError(.invalidInput, "The message's cid is missing.")
    }
    return cid
  }

  private func gone(_ cid: ClientID) async throws(FonanaError) -> FonanaError {
    let story = try await context.store.story(of: cid)
    guard !story.isEmpty else { return Self.unknown(cid) }
    let end = story.sent == nil ? "was cancelled" : "has been sent"
    return FonanaError(
      .conflict, "The message \(end): it is not in the outbox any more.",
      hint: "“fonana outbox show \(cid)” tells its story.")
  }

  private static func unknown(_ cid: ClientID) -> FonanaError {
    FonanaError(
      .notFound, "No message “\(DisplayText.line(cid.rawValue, limit: 60))” waits in the outbox.",
      hint: "See “fonana outbox list”.")
  }
}
