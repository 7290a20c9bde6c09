import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// `store.*`: the mirror in a person's hands.
struct StoreHandler: Sendable {
  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.storeStats) { _, _ throws(FonanaError) in try await report() }
    router.on(Calls.storeVacuum) { _, _ throws(FonanaError) in
      try await context.store.vacuum()
      return try await report()
    }
    router.on(Calls.backup) { request, _ throws(FonanaError) in
      let bytes = try await context.store.backUp(
        to: request.path, images: context.images.folder, replacing: request.replace)
      return BackupResult(path: request.path, bytes: bytes)
    }
    router.on(Calls.verify) { request, _ throws(FonanaError) in
      try await Verification(context: context).run(request)
    }
    router.on(Calls.forget) { request, _ throws(FonanaError) in try await forget(request) }
  }

  private func report() async throws(FonanaError) -> StoreReport {
    let counts = try await context.store.statistics()
    let sizes = try await context.store.sizes()
    return StoreReport(
      path: context.store.path, conversations: counts.conversations, messages: counts.messages,
      incomplete: counts.incomplete, gaps: counts.gaps, databaseBytes: sizes.database,
      freeBytes: sizes.free, logBytes: sizes.log, copyBytes: sizes.copies)
  }

  private func forget(_ request: ForgetRequest) async throws(FonanaError) -> ForgetResult {
    guard request.who != nil || request.before != nil else {
      throw FonanaError(.invalidInput, "Neither a conversation nor a time was named.")
    }
    // What comes until then would never be shown.
    if let limit = request.before, limit > SystemClock.wall {
      throw FonanaError(
        .invalidInput, "What is still to come can't be forgotten: the time lies in the future.",
        hint: "Name a time that has passed, such as 365d.")
    }
    var id: ConversationID?
    if let who = request.who { id = try await context.conversation(who) }
    let part = try await context.store.forget(id, before: request.before)
    if let limit = part.before { context.engine.storeForgot(id, before: limit) }
    return ForgetResult(messages: part.messages, before: part.before)
  }
}
