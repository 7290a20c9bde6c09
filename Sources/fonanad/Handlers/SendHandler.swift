import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// `message.send`: checks, resolves, makes durable, and waits as long as was asked.
struct SendHandler: Sendable {
  private static let usualWait = Duration.seconds(2)
  private static let longestWait = Duration.seconds(86_400)

  let context: DaemonContext

  func register(in router: inout ControlRouter) {
    router.on(Calls.send) { request, caller throws(FonanaError) in
      try await send(request, caller)
    }
  }

  private func send(_ request: SendRequest, _ caller: Caller) async throws(FonanaError)
    -> SendResult
  {
    try SendCheck.check(request)
    let account = try await context.sendingAccount()
    let listener = context.hub.listen()
    defer { listener.cancel() }
    caller.whenGone(listener.cancel)
    if let ended = try await cancelledBefore(request) { return ended }
    let item = try await item(request, caller, of: account)
    switch try await enqueue(item) {
    case .added(let item), .known(let item): return try await wait(for: item, request, listener)
    case .sent:
      context.images.remove(for: item.cid)
      return try await state(of: item, request)
    case .conflict:
      if let image = item.image { context.images.remove(image) }
      throw Self.conflict(request.cid)
    }
  }

  /// An image whose message was not accepted is not kept. While the daemon stops, the message may
  /// still be on its way to the disk: then the next start removes what is nobody's.
  private func enqueue(_ item: OutboxItem) async throws(FonanaError) -> EnqueueResult {
    do throws(FonanaError) {
      return try await context.engine.enqueue(item)
    } catch {
      if error.code != .daemonUnavailable, let image = item.image,
        (try? await context.store.outboxItem(item.cid)) == .some(nil)
      {
        context.images.remove(image)
      }
      throw error
    }
  }

  private func item(
    _ request: SendRequest, _ caller: Caller, of account: AccountRecord
  ) async throws(FonanaError) -> OutboxItem {
    let recipient = try await RecipientSearch(context: context).find(
      request.to, createNew: request.createNew)
    guard recipient.userID != account.userID else {
      throw FonanaError(.invalidInput, "That is your own account: a message needs somebody else.")
    }
    var image: OutgoingImage?
    if request.hasImage {
      guard let descriptor = caller.takeDescriptor() else {
        throw FonanaError(.invalidInput, "The image did not come with the request.")
      }
      image = try context.images.keep(descriptor, for: request.cid)
    }
    let now = SystemClock.wall
    let isKnown = recipient.userID != nil || recipient.conversationID != nil
    return OutboxItem(
      cid: request.cid, recipient: recipient, content: request.content, image: image,
      price: request.price, metadata: try metadata(request.metadata),
      state: isKnown ? .queued : .unresolved, queuedAt: now,
      unlessRepliedSince: request.unlessReplied == true ? now : nil)
  }

  private func metadata(_ value: JSONValue?) throws(FonanaError) -> JSONText? {
    guard let value else { return nil }
    guard case .object = value else {
      throw FonanaError(.invalidInput, "The metadata must be a JSON object.")
    }
    return JSONText(String(decoding: try ControlJSON.encode(value), as: UTF8.self))
  }

  private func wait(
    for item: OutboxItem, _ request: SendRequest, _ listener: EventListener
  ) async throws(FonanaError) -> SendResult {
    let status = context.engine.status
    let limit: Duration? =
      switch request.wait {
      case .no: nil
      case .usual:
        status.mayAnswer && status.token == .valid ? status.patience(upTo: Self.usualWait) : nil
      case .delivered:
        min(.seconds(max(0, min(request.timeoutSeconds ?? 60, 86_400))), Self.longestWait)
      }
    if let limit {
      let cid = item.cid
      _ = try await Waiting.until(listener, within: limit) {
        $0.cid == cid
      } _: { [store = context.store] () throws(FonanaError) in
        guard let item = try await store.outboxItem(cid) else { return true }
        return item.state == .parked
      }
    }
    return try await state(of: item, request)
  }

  private func state(
    of item: OutboxItem, _ request: SendRequest
  ) async throws(FonanaError) -> SendResult {
    let story = try await context.store.story(of: item.cid)
    // Asked for once more, it was queued the first time.
    let queuedAt = story.history.first?.at ?? item.queuedAt
    if let entry = story.sent {
      return SendResult(
        cid: item.cid, state: .sent, to: item.recipient.text, conversationId: entry.conversationID,
        messageId: entry.messageID, queuedAt: queuedAt, sentAt: entry.at)
    }
    guard let current = story.item else { return Self.cancelled(story, request, queuedAt) }
    return SendResult(
      cid: item.cid, state: current.state == .parked ? .parked : .queued, to: request.to,
      conversationId: current.recipient.conversationID, queuedAt: current.queuedAt,
      reason: current.reason.map { ErrorInfo($0) }, next: next(for: current))
  }

  /// nil: it is tried this moment, or the reason says what to do.
  private func next(for item: OutboxItem) -> String? {
    guard item.state != .parked, let outlook = context.engine.outlook(of: item.cid) else {
      return nil
    }
    let isPausing = outlook.nextAttemptAt.map { $0 > SystemClock.wall } ?? false
    return outlook.wait == .attempt && !isPausing ? nil : outlook.sentence(for: item)
  }

  /// A repeated command finds out what became of the first one; else what a person has cancelled
  /// would be a new message.
  private func cancelledBefore(_ request: SendRequest) async throws(FonanaError) -> SendResult? {
    let story = try await context.store.story(of: request.cid)
    guard story.item == nil, story.sent == nil, let first = story.history.first else { return nil }
    return Self.cancelled(story, request, first.at)
  }

  private static func cancelled(
    _ story: OutboxStory, _ request: SendRequest, _ queuedAt: Timestamp
  ) -> SendResult {
    let isReplied = story.history.last?.outcome == "replied"
    let reason =
      isReplied
      ? FonanaError(
        .replied, "The other has written since, so the message was not sent.",
        hint: "Type “fonana read”; without --unless-replied it is sent in any case.",
        retryable: false)
      : FonanaError(.conflict, "The message was cancelled.", retryable: false)
    return SendResult(
      cid: request.cid, state: .cancelled, to: request.to, queuedAt: queuedAt,
      reason: ErrorInfo(reason))
  }

  private static func conflict(_ cid: ClientID) -> FonanaError {
    FonanaError(
      .invalidInput, "The cid \(cid) belongs to another message.",
      hint: "Use a new cid for a new message.")
  }
}
