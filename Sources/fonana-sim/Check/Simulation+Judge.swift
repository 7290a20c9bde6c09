import FonanaCore
import SyncEngine

/// After the healing: the world must come to rest, and then agree with the client.
extension Simulation {
  private static let limit = Duration.seconds(600)

  func judge() {
    guard let healedAt = checker.healedAt else { return }
    guard let open = whatIsOpen() else {
      checkSends()
      checkParked()
      for conversation in server.conversations where !conversation.isGone {
        checkMirror(of: conversation)
      }
      compareMirrors()
      isOver = true
      return
    }
    if clock.now > healedAt + Self.limit + longestRetryAfter {
      return checker.fail(13, "not converged: \(open)")
    }
    after(.seconds(5), .judge)
  }

  /// nil: nothing.
  private func whatIsOpen() -> String? {
    guard let core = process.core else { return "the process does not run" }
    guard credentials?.token != nil else { return "nobody is logged in" }
    if let item = store.outbox.first(where: isMoving) {
      return "\(item.cid) is \(item.state.rawValue)"
    }
    for conversation in server.conversations {
      let open =
        conversation.isGone ? whatIsOpen(inGone: conversation) : whatIsOpen(in: conversation)
      if let open { return "\(conversation.id): \(open)" }
    }
    let status = core.status(at: clock.times)
    return status.connection == .connected ? nil : "the socket is \(status.connection.rawValue)"
  }

  /// Whether it neither waits for a person nor behind one that does.
  private func isMoving(_ item: OutboxItem) -> Bool {
    if item.isSkipped || item.state == .parked || item.state == .held { return false }
    return !store.outbox.contains { other in
      other.sequence < item.sequence && !other.isSkipped
        && (areToOne(other, item) || areUnknown(other, item))
        && !isMoving(other)
    }
  }

  private func areToOne(_ one: OutboxItem, _ other: OutboxItem) -> Bool {
    people.sends[one.cid]?.partner == people.sends[other.cid]?.partner
  }

  /// Names that have not been looked up yet wait in one line.
  private func areUnknown(_ one: OutboxItem, _ other: OutboxItem) -> Bool {
    [one, other].allSatisfy { $0.recipient.userID == nil && $0.recipient.conversationID == nil }
  }

  private func whatIsOpen(in conversation: SimConversation) -> String? {
    guard let state = store.state(of: conversation.id) else { return "unknown here" }
    let newest = conversation.newest
    if state.listUnread != conversation.unread {
      return "unread is \(conversation.unread), here \(state.listUnread)"
    }
    if state.lastMessageID != newest?.id {
      return "last is \(newest?.id.rawValue ?? "-"), here \(state.lastMessageID?.rawValue ?? "-")"
    }
    guard plan.mode == .eager || conversation.unread == 0 else { return nil }
    guard state.coverage.isWhole else { return "\(state.coverage.gaps.count) gaps" }
    return newest.flatMap { isMissing($0, state.coverage) ? "\($0.id) was never fetched" : nil }
  }

  private func isMissing(_ row: SimMessage, _ coverage: Coverage) -> Bool {
    let position = MessagePosition(createdAt: row.createdAt, id: row.id)
    if let floor = coverage.floor, row.createdAt < floor { return false }
    return coverage.newest.map { $0 < position } ?? true
  }

  /// What no list holds any more is shown as gone, when a list has held it.
  private func whatIsOpen(inGone conversation: SimConversation) -> String? {
    guard let state = store.state(of: conversation.id), state.lastMessageID != nil else {
      return nil
    }
    return state.isGone ? nil : "gone at the server, not here"
  }

  /// Nothing waits for a person on account of a conversation that is there (13).
  private func checkParked() {
    for item in store.outbox where item.state == .parked && item.reason?.code == .notFound {
      guard let id = item.recipient.conversationID, !server.isGone(id) else { continue }
      checker.fail(13, "\(item.cid) is parked: \(id) is said to be gone, and is there")
    }
  }

  // MARK: 1, 2 and 3

  private func checkSends() {
    var copies: [ClientID: [SimMessage]] = [:]
    for conversation in server.conversations {
      for message in conversation.messages {
        if let cid = message.cid { copies[cid, default: []].append(message) }
      }
    }
    for cid in people.order {
      checkFate(of: cid, copies[cid] ?? [])
      checkWording(of: cid, copies)
    }
    for conversation in server.conversations { checkOrder(in: conversation) }
  }

  private func checkFate(of cid: ClientID, _ rows: [SimMessage]) {
    guard let send = people.sends[cid], send.isReported else { return }
    if store.sentMessage(cid) != nil {
      if rows.isEmpty { checker.fail(1, "\(cid) is said to be sent, and the server has it not") }
    } else if store.isCancelled(cid) {
      if plan.profile == .p1, !rows.isEmpty, !send.isUndecidable {
        checker.fail(1, "\(cid) was cancelled, and the server has it")
      }
    } else if store.item(cid) == nil {
      checker.fail(1, "\(cid) was reported and is lost")
    }
    if plan.profile == .p1, rows.count > 1, !send.isUndecidable {
      checker.fail(2, "\(cid) stands \(rows.count) times at the server")
    }
    checkDuplicates(rows)
  }

  /// Every further row that the mirror has seen is counted.
  private func checkDuplicates(_ rows: [SimMessage]) {
    guard let cid = rows.first?.cid, let sent = store.sentMessage(cid) else { return }
    let seen = rows.filter { $0.id == sent || store.message($0.id)?.isComplete == true }
    let counted = rows.count { store.isCountedCopy($0.id) }
    if counted != seen.count - 1 {
      checker.fail(2, "\(cid): \(seen.count) rows are known, \(counted) counted as copies")
    }
  }

  private func checkOrder(in conversation: SimConversation) {
    var seen: Set<ClientID> = []
    var last: (cid: ClientID, sequence: Int64)?
    for row in conversation.messages.sorted(by: { $0.commit < $1.commit }) {
      guard let cid = row.cid, seen.insert(cid).inserted, let send = people.sends[cid],
        let sequence = send.sequence, !send.isSkipped, !send.isOvertaken,
        !store.isCancelled(cid)
      else { continue }
      if let last, last.sequence > sequence {
        checker.fail(3, "\(cid) (\(sequence)) came after \(last.cid) (\(last.sequence))")
      }
      last = (cid, sequence)
    }
  }
}
