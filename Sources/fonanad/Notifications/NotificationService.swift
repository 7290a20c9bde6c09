import ControlProtocol
import FonanaCore
import LocalStore
import Logging
import ServiceLifecycle
import SyncEngine
import Synchronization

/// Pops up new messages of others on the desktop.
///
/// The planner decides; a queue of a few pop-ups lies between it and the program that shows them,
/// so one that hangs delays nothing but further pop-ups.
struct NotificationService: Service {
  private static let queueLimit = 16

  let hub: EventHub
  let store: LocalStore
  let mode: SyncMode
  let control: NotificationSwitch
  let startedAt: Timestamp
  /// What the engine has found missed, at any time.
  let missed: @Sendable () -> MissedMessages?
  let presenter: any NotificationPresenter
  let logger: Logger

  func run() async throws {
    var told = 0
    repeat {
      told = await listen(told: told)
    } while !hub.isClosed && !Task.isCancelled && !Task.isShuttingDownGracefully
    // The daemon stops; a service that ends before it is told to counts as failed.
    if hub.isClosed { try? await gracefulShutdown() }
  }

  /// Returns when it was cut off for being too slow: the next ones are shown again.
  ///
  /// - Parameter told: the number of the last summary. The result is the one of the next call.
  private func listen(told: Int) async -> Int {
    let listener = hub.listen()
    return await withTaskCancellationOrGracefulShutdownHandler {
      await run(listener, told: told)
    } onCancelOrGracefulShutdown: {
      listener.cancel()
    }
  }

  private func run(_ listener: EventListener, told: Int) async -> Int {
    let (popUps, queue) = AsyncStream<PopUpChange>.makeStream(
      bufferingPolicy: .bufferingNewest(Self.queueLimit))
    let plan = NotificationPlan(
      NotificationPlanner(policy: control.policy(at: SystemClock.boot), startedAt: startedAt),
      control)
    return await withTaskGroup(of: Void.self) { group in
      var told = told
      group.addTask { await show(popUps) }
      group.addTask { await plan.run { queue.yield(.show($0)) } }
      for await event in listener.events {
        // The engine knows what was missed before the first event of it comes.
        if let missed = missed(), missed.number > told {
          told = missed.number
          plan.note(missed)
        }
        if let message = await message(event.event) { plan.note(message) }
        if let conversation = await readConversation(event.event) {
          plan.wasRead(conversation)
          queue.yield(.close(conversation))
        }
      }
      plan.end()
      queue.finish()
      group.cancelAll()
      await presenter.end()
      return told
    }
  }

  /// The conversation of a change after which nothing in it is unread, here or elsewhere. A message
  /// that no list has counted yet is not read for that.
  private func readConversation(_ event: StoreEvent) async -> ConversationID? {
    guard event.kind == .conversationChanged || event.kind == .messageUpdated,
      let id = event.conversationID, let row = try? await store.conversation(id, mode: mode),
      row.unread == 0
    else { return nil }
    let isNew = row.last.map { UnreadRule.counts($0.message, readThrough: row.readThrough) }
    return isNew == true ? nil : id
  }

  /// nil for what nobody is called for: own messages, backlog, what was read meanwhile.
  private func message(_ event: StoreEvent) async -> IncomingMessage? {
    guard event.kind == .messageReceived, !event.isBacklog, let id = event.messageID,
      let row = try? await store.message(id, mode: mode), !row.message.isOwn, !row.message.isRead
    else { return nil }
    let isLocked = row.message.isLocked
    return IncomingMessage(
      conversationID: row.message.conversationID,
      sender: row.sender?.nickname ?? row.sender?.fullName,
      text: isLocked ? nil : row.message.content, isPaid: row.message.isPaid,
      isTip: row.message.metadata.flatMap { JSONValue.parse($0.text) }?["type"]?.string == "tip",
      sentAt: row.message.createdAt)
  }

  private func show(_ changes: AsyncStream<PopUpChange>) async {
    for await change in changes {
      switch change {
      case .show(let popUp): if await presenter.show(popUp) { control.noteShown() }
      case .close(let conversation): await presenter.close(conversation)
      }
    }
  }
}
