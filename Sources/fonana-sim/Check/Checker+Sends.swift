import FonanaCore
import SyncEngine

/// Invariants 1, 4, 5 and 16, while they can be seen.
extension Checker {
  /// Commit before send; one unresolved POST a conversation; no blind resend.
  mutating func posted(_ cid: ClientID, _ conversation: ConversationID, _ sim: Simulation) {
    guard sim.store.item(cid)?.state == .intent else {
      return fail(
        16,
        "POST of \(cid), whose durable state is \(sim.store.item(cid)?.state.rawValue ?? "none")")
    }
    if let until = throttled[cid], sim.clock.now < until {
      fail(12, "POST of \(cid) before the server wants it, at \(Trace.stamp(until))")
    }
    let others = posts.keys.sorted().filter { $0 != cid && posts[$0]?.conversation == conversation }
    if let open = others.first(where: { posts[$0]?.isOpen == true && posts[$0]?.isSettled == false }
    ) {
      fail(4, "POST of \(cid) while \(open) is unresolved in \(conversation)")
    }
    checkTurn(of: cid, sim)
    unsent.remove(cid)
    guard var record = posts[cid] else {
      posts[cid] = PostRecord(conversation: conversation, at: sim.clock.server)
      return
    }
    if !record.isSettled { fail(5, "POST \(record.count + 1) of \(cid): \(record.story)") }
    record.postedAgain(at: sim.clock.server)
    posts[cid] = record
  }

  mutating func postAnswered(_ cid: ClientID, _ answer: ServerAnswer, at now: Duration) {
    guard posts[cid]?.isOnTheWay == true else { return }
    guard case .failure(let failure) = answer else {
      if case .success(.sent, _) = answer {
        posts[cid]?.isOver()
      } else {
        posts[cid]?.becomesUnknown(at: now, after: 30, needs: 2)
      }
      return
    }
    if failure.status == 429 { throttled[cid] = failure.retryAfter.map { now + $0 } }
    let isJSON = failure.routeError != nil
    switch failure.status {
    case nil where failure.phase == .nothingWritten && !misleading.contains(cid):
      posts[cid]?.isOver()
      unsent.insert(cid)
    case 413, 429: posts[cid]?.isOver()
    case 400 where isJSON, 401 where isJSON, 403 where isJSON, 404 where isJSON, 422 where isJSON:
      posts[cid]?.isOver()
    case 500 where isJSON: posts[cid]?.becomesUnknown(at: now, after: 2, needs: 1)
    default: posts[cid]?.becomesUnknown(at: now, after: 30, needs: 2)
    }
  }

  /// The core was told that nothing was written, which is not so.
  mutating func misled(_ request: ServerRequest, _ phase: ServerFailure.Phase) {
    if case .sendMessage(_, let message) = request, phase != .nothingWritten {
      misleading.insert(message.cid)
    }
  }

  mutating func wants(_ acts: [StoreAct], _ sim: Simulation) {
    for case .count(.forcedReads) in acts { lists.forced += 1 }
    for case .update(let item, _) in acts
    where item.state == .quarantine && unsent.contains(item.cid) {
      fail(5, "\(item.cid) is in doubt, and not a byte of it has left")
    }
    for case .update(let item, let entry) in acts where entry.outcome == "claimed" {
      wantsToSend(item, sim)
    }
    // An earlier attempt has arrived, whatever became of the last one.
    for case .confirm(let cid, _, _) in acts { unsent.remove(cid) }
    for case .cancel(let cid, let entry) in acts where entry.outcome == "replied" {
      takesBack(cid, sim)
    }
    for case .update(let item, let entry) in acts where entry.outcome == "rejected" {
      if item.image != nil, item.image?.uploadedURL == nil { sim.deeds.count(.imageRefused) }
    }
    // It is a person's from now on.
    for case .update(let item, _) in acts where item.state == .parked {
      posts[item.cid]?.isOver()
      if item.reason?.code == .ambiguousDelivery {
        sim.people.sends[item.cid]?.isUndecidable = true
      }
    }
  }

  mutating func stored(_ acts: [StoreAct], _ result: StoreResult, _ sim: Simulation) {
    searchForTokens(in: acts, sim)
    for act in acts {
      replies.stored(act)
      switch act {
      case .update(let item, let entry):
        worded(item, sim)
        queuedAgain(item, entry, sim)
      case .confirm(let cid, _, _), .cancel(let cid, _): posts[cid]?.isOver()
      case .applyPage(let id, let page, _, _, _):
        storedPage(of: id)
        if let gone = absences.stored(page, of: id, sim) {
          fail(6, "\(gone) in \(id) is deleted, and shown after pages without it")
        }
        for message in page.messages
        where !message.isRead && message.senderID != ModelServer.me {
          sim.people.cameUnread.insert(message.id)
        }
        noteEdits(page.messages, sim)
      default: break
      }
    }
    told(result.events, sim)
    if let (id, messages) = lost.claimed(by: acts),
      let message = messages.first(where: {
        sim.store.message($0)?.isComplete != true
          && sim.server.message($0, in: id)?.isDeleted == false
      })
    {
      fail(6, "\(message) in \(id): its page was not written, and it counts as here")
    }
    for case .added(let item) in result.enqueued {
      enqueued(item, by: acts, sim)
    }
    // A newer list on hold will be written later.
    let isHeld = sim.process.timers[.burst] != nil
    for case .applyList in acts where sim.process.unwritten.isEmpty && !isHeld {
      if let id = lists.firstMiscounted(in: sim.store) {
        fail(8, "the unread count of \(id) is not the newest list's")
      }
    }
  }

  /// The newest page counts: an older answer may come later, with the text of before.
  private mutating func noteEdits(_ messages: [ServerMessage], _ sim: Simulation) {
    guard sim.plan[.edit] > 0 else { return }
    for message in messages {
      if message.content?.hasPrefix("edited ") == true {
        shownEdits.insert(message.id)
      } else {
        shownEdits.remove(message.id)
      }
    }
  }

  /// Reply after commit.
  mutating func reported(_ cid: ClientID, _ result: EnqueueResult, _ sim: Simulation) {
    let isEdited = sim.people.sends[cid]?.former.isEmpty == false
    if case .conflict = result, !isEdited { fail(1, "\(cid) is said to be another message") }
    let isDurable =
      sim.store.item(cid) != nil || sim.store.sentMessage(cid) != nil || sim.store.isCancelled(cid)
    if !isDurable { fail(16, "\(cid) was reported before it was durable") }
  }
}
