import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// `conversation.list`.
struct ConversationHandler: Sendable {
  private static let patience = Duration.seconds(1)

  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.listConversations) { request, _ throws(FonanaError) in
      try await list(request)
    }
  }

  private func list(_ request: ConversationListRequest) async throws(FonanaError) -> InboxResult {
    let account = try await context.requiredAccount()
    if request.refresh { await context.refreshList(within: Self.patience) }
    let freshness = FreshnessInfo(context.engine.status)
    let (rows, outbox) = try await context.store.view(mode: context.mode) { view in
      (try view.conversations(unreadOnly: request.unreadOnly), try view.outboxRows())
    }
    return InboxResult(
      conversations: rows.filter { !$0.isRemoved }.map { row in
        var info = ConversationInfo(row, account: account, blockedBy: outbox.block(in: row.id))
        info.lastMessage = info.lastMessage?.cut(to: 1024)
        return info
      },
      unread: rows.reduce(0) { $0 + $1.unread },
      freshness: freshness)
  }
}
