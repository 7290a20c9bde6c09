import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// `outbox.*`.
struct OutboxHandler: Sendable {
  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.listOutbox) { _, _ throws(FonanaError) in
      OutboxListing(items: try await context.store.outboxItems().map { OutboxEntry($0.item) })
    }
    router.on(Calls.showOutbox) { request, _ throws(FonanaError) in
      try await show(request.cid)
    }
    router.on(Calls.retry) { target, _ throws(FonanaError) in try await retry(target) }
    router.on(Calls.cancel) { target, _ throws(FonanaError) in
      try await act(try one(target)) { .cancel($0) }
    }
    router.on(Calls.skip) { target, _ throws(FonanaError) in
      try await act(try one(target)) { .skip($0) }
    }
    router.on(Calls.hold) { target, _ throws(FonanaError) in
      try await each(target, [.queued, .unresolved, .parked]) { .hold($0) }
    }
    router.on(Calls.release) { target, _ throws(FonanaError) in
      try await each(target, [.held]) { .release($0) }
    }
    router.on(Calls.edit) { target, _ throws(FonanaError) in try await edit(target) }
  }

  private func show(_ cid: ClientID) async throws(FonanaError) -> OutboxDetail {
    guard let item = try await context.store.outboxItem(cid) else { throw Self.unknown(cid) }
    let history = try await context.store.history(of: cid)
    return OutboxDetail(entry: OutboxEntry(item), history: history.map { OutboxStep($0) })
  }

  private func retry(_ target: OutboxTarget) async throws(FonanaError) -> OutboxActResult {
    if let cid = target.cid { return try await act(cid) { .retry($0) } }
    let count = try await context.store.outboxItems().count
    try await context.engine.perform(.retryAll)
    return OutboxActResult(changed: count)
  }

  private func edit(_ target: OutboxTarget) async throws(FonanaError) -> OutboxActResult {
    let cid = try one(target)
    let item = try await context.store.outboxItem(cid)
    try SendCheck.check(text: target.content, hasImage: item?.image != nil)
    return try await act(cid) { .edit($0, content: target.content ?? "") }
  }

  private func each(
    _ target: OutboxTarget, _ states: Set<OutboxState>,
    _ command: @Sendable (ClientID) -> OutboxCommand
  ) async throws(FonanaError) -> OutboxActResult {
    if let cid = target.cid { return try await act(cid, command) }
    let items = try await context.store.outboxItems().filter { states.contains($0.item.state) }
    for row in items { try await context.engine.perform(command(row.item.cid)) }
    return OutboxActResult(changed: items.count)
  }

  private func act(
    _ cid: ClientID, _ command: @Sendable (ClientID) -> OutboxCommand
  ) async throws(FonanaError) -> OutboxActResult {
    guard try await context.store.outboxItem(cid) != nil else { throw Self.unknown(cid) }
    try await context.engine.perform(command(cid))
    let item = try await context.store.outboxItem(cid)
    return OutboxActResult(changed: 1, item: item.map { OutboxEntry($0) })
  }

  private func one(_ target: OutboxTarget) throws(FonanaError) -> ClientID {
    guard let cid = target.cid else {
      throw FonanaError(.invalidInput, "The message's cid is missing.")
    }
    return cid
  }

  private static func unknown(_ cid: ClientID) -> FonanaError {
    FonanaError(
      .notFound, "No message “\(DisplayText.line(cid.rawValue, limit: 60))” waits in the outbox.",
      hint: "See “fonana outbox list”.")
  }
}
