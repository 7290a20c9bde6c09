import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// Makes the line that subscribers get of an event, with the row it is about as it is now.
struct EventRenderer: Sendable {
  private static let textLimit = 256 << 10

  let store: LocalStore
  let mode: SyncMode

  /// nil when its row is gone or can't be read.
  func line(_ event: StoreEvent, isReplayed: Bool) async -> [UInt8]? {
    guard let shown = try? await shown(event, isReplayed: isReplayed) else { return nil }
    return try? RPC.event(shown)
  }

  /// nil when its row is gone: then there is nothing to be told any more.
  func shown(
    _ event: StoreEvent, isReplayed: Bool
  ) async throws(FonanaError) -> WatchEvent? {
    try await data(of: event).map {
      WatchEvent(
        cursor: event.sequence, at: event.at, event: EventName(event.kind), replayed: isReplayed,
        data: $0)
    }
  }

  private func data(of event: StoreEvent) async throws(FonanaError) -> EventData? {
    switch event.kind {
    case .messageReceived, .messageUpdated, .messageSent: try await message(event)
    case .outboxChanged: try await outbox(event)
    case .conversationChanged: try await conversation(event)
    case .notificationReceived: try await notification(event)
    case .connectionChanged: .connection(EventDetail(event.detail).connection)
    case .tokenRefreshed: .token(EventDetail(event.detail).token)
    case .syncProgress:
      .progress(EventDetail(event.detail).progress(try await store.statistics()))
    }
  }

  private func message(_ event: StoreEvent) async throws(FonanaError) -> EventData? {
    guard let id = event.messageID, let row = try await store.message(id, mode: mode) else {
      return nil
    }
    let account = try await store.account()
    return .message(MessageInfo(row, userID: account?.userID).cut(to: Self.textLimit))
  }

  private func outbox(_ event: StoreEvent) async throws(FonanaError) -> EventData? {
    guard let cid = event.cid else { return nil }
    let item = try await store.outboxItem(cid)
    return .outbox(OutboxChange(cid: cid, item: item.map { OutboxEntry($0) }))
  }

  private func conversation(_ event: StoreEvent) async throws(FonanaError) -> EventData? {
    guard let id = event.conversationID, let row = try await store.conversation(id, mode: mode)
    else { return nil }
    return .conversation(ConversationInfo(row, account: try await store.account()))
  }

  private func notification(_ event: StoreEvent) async throws(FonanaError) -> EventData? {
    guard let id = event.notificationID, let row = try await store.notification(id) else {
      return nil
    }
    return .notification(NotificationInfo(row))
  }
}
