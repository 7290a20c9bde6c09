import ControlProtocol
import FonanaCore
import LocalStore
import Logging
import SyncEngine

/// `notifications.*`: the platform's.
struct NotificationHandler: Sendable {
  private static let patience = Duration.seconds(2)

  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.listNotifications) { request, _ throws(FonanaError) in
      try await list(request)
    }
    router.on(Calls.readNotifications) { request, _ throws(FonanaError) in
      try await read(request)
    }
  }

  private func list(
    _ request: NotificationListRequest
  ) async throws(FonanaError) -> NotificationsResult {
    _ = try await context.requiredAccount()
    let limit = min(max(1, request.limit), 500)
    let isFresh = await refresh(limit: limit)
    var freshness = FreshnessInfo(context.engine.status)
    let list = try await context.store.notifications(limit: request.unreadOnly ? 1000 : limit)
    let shown = list.notifications.filter { !request.unreadOnly || !$0.isRead }.prefix(limit)
    if !isFresh, freshness.source != .starting { freshness.source = .stale }
    return NotificationsResult(
      notifications: shown.map { NotificationInfo($0) }, unread: list.unread, freshness: freshness)
  }

  /// Asks the server when it answers. Previews are left to the engine: what they tell of
  /// messages has rules of its own.
  private func refresh(limit: Int) async -> Bool {
    do throws(FonanaError) {
      let status = try await context.status()
      guard status.isServerReachable, status.token == .valid else { return false }
      let reply = try await context.engine.call(
        .listNotifications(limit: limit), patience: Self.patience)
      guard case .notifications(let found, let unread) = reply else { return false }
      let rows = found.map { notification in
        var row = notification
        row.preview = nil
        return row
      }
      _ = try await context.store.perform(
        [.applyNotifications(rows, unread: unread, coverages: [:], isBacklog: true)],
        at: SystemClock.wall)
      return true
    } catch {
      context.logger.info(
        "The notifications come from the mirror.", metadata: ["reason": "\(error.code.rawValue)"])
      return false
    }
  }

  private func read(
    _ request: NotificationReadRequest
  ) async throws(FonanaError) -> NotificationReadResult {
    _ = try await context.requiredAccount()
    let known = try await context.store.notifications(limit: 1000).notifications
    if let unknown = request.ids?.first(where: { id in !known.contains { $0.id == id } }) {
      throw FonanaError(
        .notFound,
        "There is no notification “\(DisplayText.line(unknown.rawValue, limit: 60))” here.",
        hint: "“fonana notifications list --json” shows their ids.")
    }
    let call: ServerRequest =
      request.ids.map { .markNotificationsRead($0) } ?? .markAllNotificationsRead
    _ = try await context.engine.call(call, patience: Self.patience)
    _ = try await context.store.perform(
      [.markNotificationsRead(request.ids)], at: SystemClock.wall)
    let unread = known.filter { !$0.isRead }.map(\.id)
    let marked = request.ids.map { Set($0).intersection(unread).count } ?? unread.count
    return NotificationReadResult(marked: marked)
  }
}
