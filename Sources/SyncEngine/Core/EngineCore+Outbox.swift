import FonanaCore

/// Moving the heads of the lanes.
extension EngineCore {
  static let quarantineOfRunning = Duration.seconds(30)
  static let quarantineOfFinished = Duration.seconds(2)

  mutating func loadOutbox(_ snapshot: StoreSnapshot) {
    outbox.isEchoing = snapshot.isEchoing
    outbox.edited = Set(snapshot.edited)
    for item in snapshot.outbox {
      outbox.put(item)
      switch item.state {
      case .intent: enterQuarantine(item, isHandlerDone: false, outcome: "restart")
      case .quarantine: startQuarantineTimer(item)
      case .queued where item.isRestored && item.recipient.conversationID != nil:
        doubt(restored: item)
      case .unresolved, .queued, .parked, .held: break
      }
    }
    // The end of the last process may have come before that was on the disk.
    let found = snapshot.recipients.flatMap { resolveNamesakes(of: $0.names, to: $0.id) }
    if !found.isEmpty { commit(found) }
  }

  /// Starts whatever may be started.
  mutating func advanceOutbox() {
    guard !isShuttingDown, session.token != nil, !session.isAccountMissing else { return }
    cancelReplied()
    for item in outbox.heads(passingParked: isMutated(.skipPastParked))
    where outbox.activity[item.cid] == nil { advance(item) }
  }

  /// The server can be reached again: waits that were for the network's sake are over.
  mutating func wakeOutbox() {
    for item in outbox.heads()
    where (item.state == .queued || item.state == .unresolved)
      && !outbox.throttled.contains(item.cid)
    {
      outbox.notBefore[item.cid] = nil
    }
    advanceOutbox()
  }

  private mutating func advance(_ item: OutboxItem) {
    if let instant = outbox.notBefore[item.cid], instant > turn.now.boot { return }
    switch item.state {
    case .parked, .held, .intent: return
    case .quarantine:
      if !waitsForBudget() { settleDoubt(of: item) }
    case .unresolved, .queued:
      guard link.state != .unreachable, outbox.onTheWire < Outbox.mostAtOnce,
        !waitsForBudget()
      else { return }
      step(item)
    }
  }

  /// Many lanes, or a server that asks for no patience at all, must not make a storm.
  private mutating func waitsForBudget() -> Bool {
    guard let delay = budget.debt(at: turn.now.boot, scale: configuration.timeScale) else {
      return false
    }
    turn.emit(.setTimer(.outboxPace, at: turn.now.boot + delay))
    return true
  }

  private mutating func step(_ item: OutboxItem) {
    let next: (activity: Outbox.Activity, request: ServerRequest, purpose: Purpose)
    if item.state == .unresolved {
      next = (.resolving, .lookUpUser(Self.query(for: item.recipient.text)), .resolve(item.cid))
    } else if let user = item.recipient.userID, item.recipient.conversationID == nil {
      next = (.openingConversation, .createConversation(with: user), .openConversation(item.cid))
    } else if let image = item.image, image.uploadedURL == nil,
      !isMutated(.sendBeforeUpload)
    {
      next = (.uploading, .uploadImage(fileName: image.fileName), .upload(item.cid))
    } else {
      return claim(item)
    }
    guard session.canCall(Route(next.request), at: turn.now.boot) else { return }
    outbox.activity[item.cid] = next.activity
    submit(next.request, for: next.purpose, isAsked: true)
  }

  private static func query(for text: String) -> UserQuery {
    if (try? WalletAddress(validating: text)) != nil { return .wallet(text) }
    return .nickname(text.hasPrefix("@") ? String(text.dropFirst()) : text)
  }

  /// The intent is on disk before the first byte leaves.
  private mutating func claim(_ item: OutboxItem) {
    if let conversation = item.recipient.conversationID, book[conversation]?.state.isGone == true {
      return park(item, Self.conversationIsGone, outcome: "gone")
    }
    if item.isRestored { return doubt(restored: item) }
    guard session.canCall(.send, at: turn.now.boot), knowsWhetherReplied(item) else { return }
    if let delay = outbox.pace.take(at: turn.now.boot, scale: configuration.timeScale) {
      return turn.emit(.setTimer(.outboxPace, at: turn.now.boot + delay))
    }
    var claimed = item
    claimed.state = .intent
    claimed.attempts += 1
    claimed.doubt = Doubt(fence: fence(of: item), negativesNeeded: 2, isHandlerDone: false)
    outbox.activity[item.cid] = .claiming
    replace(claimed, outcome: "claimed", then: .post(item.cid))
  }

  private static let conversationIsGone = FonanaError(
    .notFound, "The conversation is gone from the server.",
    hint: "It is sent when the conversation comes back; “fonana outbox cancel” drops it.",
    retryable: false)

  /// The conversation is back: what was parked for its absence goes on.
  mutating func unpark(_ conversation: ConversationID) {
    let parked = outbox.items.values.filter {
      $0.state == .parked && $0.recipient.conversationID == conversation
        && $0.reason?.code == .notFound
    }
    for item in parked.sorted(by: { $0.sequence < $1.sequence }) {
      var again = item
      again.reason = nil
      again.doubtUnasked()
      requeue(again, outcome: "conversation_back", detail: "")
      outbox.notBefore[item.cid] = nil
    }
  }

  /// The newest message of the conversation that is known now.
  func fence(of item: OutboxItem) -> Timestamp? {
    guard let conversation = item.recipient.conversationID, let entry = book[conversation] else {
      return nil
    }
    let coverage = entry.state.coverage
    return [coverage.newest, coverage.gaps.first?.newer, entry.last?.position]
      .compactMap { $0?.createdAt }.max()
  }

  mutating func post(_ cid: ClientID) {
    guard let item = outbox.items[cid], outbox.activity[cid] == .claiming,
      let conversation = item.recipient.conversationID
    else { return }
    guard !isShuttingDown else {  // no byte has left: the next start may send it at once
      outbox.activity[cid] = nil
      return requeue(item, outcome: "not_sent", detail: "stopping")
    }
    guard !isReplied(item) else { return withdraw(claimed: item) }
    outbox.activity[cid] = .posting
    turn.log(.info, .itemSending, "\(cid) attempt \(item.attempts)")
    records.posted(cid, at: turn.now)
    submit(.sendMessage(conversation, OutgoingMessage(item)), for: .send(cid), isAsked: true)
  }

  mutating func sendAnswered(_ answer: ServerAnswer, _ cid: ClientID) {
    guard outbox.activity[cid] == .posting, let item = outbox.items[cid] else { return }
    outbox.activity[cid] = nil
    poll.lastSendAtBoot = turn.now.boot
    let outcome = PostOutcome(answer, of: cid)
    records.answered(cid, isConfirmed: outcome.isDone, at: turn.now)
    switch outcome {
    case .done(let message, let echoed): sent(item, message, echoed: echoed)
    case .notSent(let why):
      turn.log(.info, .itemNotSent, "\(cid)")
      requeue(item, outcome: "not_sent", detail: why)
    case .unauthorized: requeue(item, outcome: "unauthorized", detail: "the account was refused")
    case .throttled(let delay):
      requeue(item, outcome: "throttled", detail: "for \(delay)", delay: delay)
    case .rejected(let reason): park(item, reason, outcome: "rejected")
    case .finishedUnknown where isMutated(.resendOn500):
      requeue(item, outcome: "not_sent", detail: "500")
    case .finishedUnknown: enterQuarantine(item, isHandlerDone: true, outcome: "unknown")
    case .maybeRunning(let why): enterQuarantine(item, isHandlerDone: false, outcome: why)
    }
    advanceOutbox()
  }

  private mutating func sent(_ item: OutboxItem, _ message: ServerMessage, echoed: Bool) {
    noteEcho(echoed)
    confirm(item, message)
  }

  /// Without our mark nothing in doubt can be judged. One answer that lacks it takes the trust;
  /// many in a row give it back, but not while a message is in doubt that was sent without.
  private mutating func noteEcho(_ isHeard: Bool) {
    outbox.echoesInARow = isHeard ? outbox.echoesInARow + 1 : 0
    let isTrusted =
      isHeard && (outbox.echoesInARow >= Outbox.echoesForTrust && outbox.doubtful.count <= 1)
    guard outbox.isEchoing ? !isHeard : isTrusted else { return }
    outbox.isEchoing = isHeard
    commit([.noteEcho(isHeard)])
  }

  mutating func confirm(_ item: OutboxItem, _ message: ServerMessage) {
    guard outbox.activity[item.cid] != .settling else { return }
    outbox.activity[item.cid] = .settling
    turn.emit(.cancelTimer(.outbox(item.cid)))
    turn.log(.info, .itemSent, "\(item.cid)")
    commit([.confirm(item.cid, message, at: turn.now.wall)], then: .settled(item.cid))
  }

  mutating func settled(_ cid: ClientID) {
    outbox.remove(cid)
    outbox.confirmed += 1
    poll.lastActivityAtBoot = turn.now.boot
    advanceOutbox()
  }
}

extension OutgoingMessage {
  init(_ item: OutboxItem) {
    self.init(
      cid: item.cid, content: item.content, mediaURL: item.image?.uploadedURL,
      mediaType: item.image == nil ? nil : "image", price: item.price, metadata: item.metadata)
  }
}
