import FonanaCore

/// Finding out whether the server has a message, without ever sending it blindly again
/// (docs/reliability.md, “The life of a message”).
extension EngineCore {
  private static let oldAge = Duration.seconds(86_400)

  /// The quarantine of `item` is over.
  mutating func settleDoubt(of item: OutboxItem) {
    if isMutated(.noReconcile) {
      var believed = item
      believed.isRestored = false
      return requeue(believed, outcome: "not_sent", detail: "")
    }
    guard let conversation = item.recipient.conversationID,
      outbox.reconciles[conversation] == nil, link.state != .unreachable,
      session.canCall(.messages, at: turn.now.boot)
    else { return }
    guard mayLook(into: conversation, for: item) else { return }
    startReconcile(conversation, isEarly: false)
  }

  mutating func startReconcile(_ conversation: ConversationID, isEarly: Bool) {
    let items = outbox.uncertain(in: conversation)
    let fences = items.map { $0.doubt?.fence }
    let fence = fences.contains(nil) ? nil : fences.compactMap { $0 }.min()
    let ripe = items.map(\.cid).filter {
      outbox.activity[$0] == nil && (outbox.notBefore[$0] ?? .zero) <= turn.now.boot
    }
    outbox.reconciles[conversation] = Reconcile(
      items: items.map(\.cid), ripe: ripe, fence: fence, isEarly: isEarly,
      isForced: !isEarly && isUnread(conversation))
    askReconcilePage(conversation)
  }

  private mutating func askReconcilePage(_ conversation: ConversationID) {
    outbox.reconciles[conversation]?.listsTaken = poll.listsTaken
    guard let reconcile = outbox.reconciles[conversation] else { return }
    let stop = reconcile.floor.map { MessagePosition(createdAt: $0, id: MessageID("")) }
    submit(
      .listMessages(
        conversation, limit: reconcile.limit, before: reconcile.cursor?.id, stopAt: stop),
      for: .reconcile(conversation), isAsked: true)
  }

  mutating func reconcileAnswered(_ answer: ServerAnswer, _ conversation: ConversationID) {
    guard let reconcile = outbox.reconciles[conversation] else { return }
    guard case .success(.page(let page), _) = answer else {
      outbox.reconciles[conversation] = nil
      if case .failure(let failure) = answer, failure.isOfGoneConversation {
        parkAll(reconcile.items, "The conversation is gone from the server.")
        return advanceOutbox()
      }
      guard !reconcile.isEarly else { return advanceOutbox() }  // the quarantine goes on
      for cid in reconcile.items { retryLater(cid) }  // a negative needs every page
      return
    }
    ingest(
      page, conversation, askedWith: reconcile.cursor, after: reconcile.listsTaken,
      then: .readers(conversation))
    goOn(reconcile, after: page, conversation)
    advanceOutbox()
  }

  private mutating func goOn(
    _ before: Reconcile, after page: MessagePage, _ conversation: ConversationID
  ) {
    var reconcile = before
    reconcile.items.removeAll {
      outbox.items[$0]?.state != .quarantine || outbox.activity[$0] == .settling
    }
    let span = span(of: page, askedWith: before.cursor)
    guard !reconcile.items.isEmpty else { return outbox.reconciles[conversation] = nil }
    reconcile.hasUnreadable = reconcile.hasUnreadable || span.isIncomplete
    if isComplete(span, reconcile) {
      outbox.reconciles[conversation] = nil
      if reconcile.hasUnreadable, !reconcile.isEarly {
        return parkAll(reconcile.items, "A message there can't be read.")
      }
      return absent(reconcile)
    }
    reconcile.pages += 1
    guard reconcile.pages <= Reconcile.mostPages else {
      outbox.reconciles[conversation] = nil
      return parkAll(reconcile.items, "Too many messages have come since.")
    }
    guard mayGoOn(reconcile, conversation) else { return outbox.reconciles[conversation] = nil }
    if span.cursorWasIgnored { reconcile.cursor = nil } else { descend(&reconcile, span) }
    outbox.reconciles[conversation] = reconcile
    askReconcilePage(conversation)
  }

  private func descend(_ reconcile: inout Reconcile, _ span: PageSpan) {
    if let next = span.nextCursor {
      reconcile.cursor = next
    } else {
      reconcile.limit *= 2  // the page was one instant
    }
  }

  private func isComplete(_ span: PageSpan, _ reconcile: Reconcile) -> Bool {
    if span.cursorWasIgnored { return false }
    if span.reachesBeginning { return true }
    guard let floor = reconcile.floor, let oldest = span.oldest else { return false }
    return oldest.createdAt < floor
  }

  /// A complete negative for each item.
  private mutating func absent(_ reconcile: Reconcile) {
    for cid in reconcile.items where reconcile.ripe.contains(cid) {
      guard var item = outbox.items[cid], let doubt = item.doubt else { continue }
      if reconcile.isEarly { continue }
      turn.log(.info, .itemAbsent, "\(cid) \(doubt.negativesNeeded) negatives were needed")
      item.doubt?.negativesNeeded -= 1
      if doubt.negativesNeeded > 1 {
        replace(item, outcome: "absent", detail: "one more look is needed")
        outbox.notBefore[cid] = turn.instant(in: Self.quarantineOfRunning)
        turn.setTimer(.outbox(cid), in: Self.quarantineOfRunning)
      } else {
        decide(absent: item, doubt)
      }
    }
  }

  /// The server does not have it, as surely as can be known.
  private mutating func decide(absent item: OutboxItem, _ doubt: Doubt) {
    outbox.waitingSince[item.cid] = nil
    if item.isCancelWanted { return cancel(item, outcome: "absent") }
    guard outbox.isEchoing else {
      return park(
        item, Self.undecidable(item, "The server no longer returns our mark."),
        outcome: "ambiguous")
    }
    if !doubt.isHandlerDone, turn.now.wall - item.queuedAt > Self.oldAge {
      return park(item, Self.tooOld(item), outcome: "ambiguous")
    }
    var again = item
    again.isRestored = false
    if doubt.isHandlerDone, !item.isRestored { again.refusals += 1 }
    if outbox.confirmedAtRefusal[item.cid] == nil {
      outbox.confirmedAtRefusal[item.cid] = outbox.confirmed
    }
    guard !isPoisoned(again) else {
      return park(again, Self.poisoned, outcome: "refused_repeatedly")
    }
    requeue(again, outcome: "absent", detail: "it is sent again")
  }

  /// Eight conclusive negatives after a 500, or three while others got through.
  private func isPoisoned(_ item: OutboxItem) -> Bool {
    let othersGotThrough =
      outbox.confirmed > (outbox.confirmedAtRefusal[item.cid] ?? outbox.confirmed)
    return item.refusals >= 8 || (item.refusals >= 3 && othersGotThrough)
  }

  private static let poisoned = FonanaError(
    .refused, "The server fails at this message again and again.",
    hint: "“fonana outbox edit”, “retry” or “cancel” decide what becomes of it.", retryable: false)

  static func undecidable(_ item: OutboxItem, _ why: String) -> FonanaError {
    FonanaError(
      .ambiguousDelivery, "Whether the server has the message can't be found out. \(why)",
      hint: "Look into the conversation, then: \(decisions(item)).", retryable: false)
  }

  /// A day later what was meant may be out of place.
  private static func tooOld(_ item: OutboxItem) -> FonanaError {
    FonanaError(
      .ambiguousDelivery,
      "It is older than a day. The server does not seem to have it, but may have been at it.",
      hint: "Should it still be sent? \(decisions(item)).", retryable: false)
  }

  private static func decisions(_ item: OutboxItem) -> String {
    "“fonana outbox retry \(item.cid)” sends it again, “fonana outbox cancel \(item.cid)” drops it"
  }

  private mutating func parkAll(_ items: [ClientID], _ why: String) {
    for cid in items {
      guard let item = outbox.items[cid], item.state == .quarantine else { continue }
      park(item, Self.undecidable(item, why), outcome: "ambiguous")
    }
  }
}

extension ServerFailure {
  /// The route itself says that there is no such conversation, or not for us. “User not found” is
  /// about the account and says nothing of the conversation.
  var isOfGoneConversation: Bool {
    guard status == 403 || status == 404, routeError != nil else { return false }
    return !isOfMissingAccount
  }

  var isOfMissingAccount: Bool { status == 404 && routeError == "User not found" }
}
