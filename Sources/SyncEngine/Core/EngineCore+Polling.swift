import FonanaCore

/// Asking the server for changes.
extension EngineCore {
  private static let lookingTick = Duration.seconds(5)
  private static let usualTick = Duration.seconds(20)
  private static let idleTick = Duration.seconds(60)
  private static let smallList = 50_000

  mutating func startTicking() {
    guard session.token != nil, !poll.isTicking else { return }
    poll.isTicking = true
    poll.lastActivityAtBoot = turn.now.boot
    askQuestion()
    askList()
    scheduleTick()
  }

  mutating func tickTimerFired() {
    guard session.token != nil, !isShuttingDown else {
      poll.isTicking = false
      return
    }
    askQuestion()
    if isListDue { askList() }
    advanceOutbox()
    advancePulls()
    scheduleTick()
  }

  /// Whether the newest list is on hand and no older than that.
  func isListFresh(for duration: Duration) -> Bool {
    poll.held == nil && !passed(duration, since: poll.lastListAtBoot)
  }

  func passed(_ duration: Duration, since instant: Duration?) -> Bool {
    guard let instant else { return true }
    return turn.now.boot - instant >= turn.scaled(duration)
  }

  /// A watcher counts for ten minutes after an event, a sender for two after a send.
  var isSomebodyLooking: Bool {
    let watches =
      poll.watchers > 0
      && !passed(.seconds(600), since: poll.lastEventAtBoot ?? poll.lastActivityAtBoot)
    let sends = poll.lastSendAtBoot != nil && !passed(.seconds(120), since: poll.lastSendAtBoot)
    return watches || sends
  }

  private var tickInterval: Duration {
    if isSomebodyLooking || outbox.hasWork { return Self.lookingTick }
    return passed(.seconds(3600), since: poll.lastActivityAtBoot) ? Self.idleTick : Self.usualTick
  }

  /// Nobody has asked for anything for an hour.
  var isUnused: Bool {
    passed(.seconds(3600), since: poll.lastActivityAtBoot)
      && !isSomebodyLooking && !outbox.hasWork
  }

  mutating func scheduleTick() {
    guard !isMutated(.noHealTimer) else { return }
    let interval = tickInterval
    let chosen = turn.random(
      between: interval * 0.8, and: interval * (isSomebodyLooking ? 1.0 : 1.2))
    poll.nextTickAtBoot = turn.instant(in: chosen)
    turn.setTimer(.tick, in: chosen)
  }

  /// Two minutes, or a second for each 10 kB of the last list.
  private var isListDue: Bool {
    if isSomebodyLooking, poll.lastListBytes < Self.smallList { return true }
    if pulls.needsFreshList { return true }
    return passed(
      max(.seconds(120), .seconds(poll.lastListBytes / 10_000)), since: poll.lastListAtBoot)
  }

  mutating func askQuestion(limit: Int = 1, isAsked: Bool = false) {
    guard session.canCall(.notifications, at: turn.now.boot) else { return }
    guard !poll.isQuestionAsked else {
      if isAsked { _ = hurry(.question) }
      return
    }
    poll.isQuestionAsked = true
    poll.questionLimit = limit
    submit(.listNotifications(limit: limit), for: .question, isAsked: isAsked)
  }

  mutating func questionAnswered(_ answer: ServerAnswer) {
    poll.isQuestionAsked = false
    poll.isQuestionFailing =
      answer.isFailure && session.canCall(.notifications, at: turn.now.boot)
    guard let previews = ourNotifications(answer) else { return }
    let mark = Polling.Mark(newest: previews.rows.first?.id, unread: previews.unread)
    guard mark != poll.mark else { return }
    let new = poll.mark.map { previews.unread - $0.unread }
    poll.mark = mark
    let limit = min(max(new.map { $0 + 5 } ?? 50, Polling.fewestPreviews), Polling.mostPreviews)
    if poll.questionLimit >= limit {
      previewsCame(previews, of: poll.questionLimit)
    } else {
      askPreviews(limit)
    }
    askList()
  }

  /// nil for a failure, and for those of another user: the route also takes a wallet for who asks,
  /// and a server that was made anew knows another user by ours.
  mutating func ourNotifications(
    _ answer: ServerAnswer
  ) -> (rows: [PlatformNotification], unread: Int)? {
    guard case .success(.notifications(let rows, let unread), _) = answer else { return nil }
    guard rows.allSatisfy({ isOurs($0.userID) }) else {
      turn.log(.error, .pushOfAnotherUser, "notifications")
      return nil
    }
    return (rows, unread)
  }

  mutating func askList(isAsked: Bool = false) {
    guard !isShuttingDown, session.canCall(.conversations, at: turn.now.boot) else { return }
    guard !poll.isListAsked else {
      guard !(isAsked && hurry(.list)) else { return }
      poll.isListWantedAgain = true
      poll.isNextListAsked = poll.isNextListAsked || isAsked
      return
    }
    poll.isListAsked = true
    poll.listAskedAtBoot = turn.now.boot
    (poll.isListWantedAgain, poll.isNextListAsked) = (false, false)
    submit(.listConversations, for: .list, isAsked: isAsked)
  }

  /// Something has most likely changed, so the question asks for what it is as well.
  mutating func askAfterPush() {
    poll.lastEventAtBoot = turn.now.boot
    poll.lastActivityAtBoot = turn.now.boot
    let isAwaited =
      isSomebodyLooking && poll.pace.take(at: turn.now.boot, scale: configuration.timeScale) == nil
    askList(isAsked: isAwaited)
    askQuestion(limit: Polling.fewestPreviews, isAsked: isAwaited)
  }

  mutating func listAnswered(_ answer: ServerAnswer) {
    poll.isListAsked = false
    poll.isListFailing = answer.isFailure
    if case .success(.conversations(let list), let facts) = answer {
      poll.lastListBytes = facts.bodyBytes
      noteReceived(list)
      arrived(
        ArrivedList(
          rows: list, date: facts.date, isWhole: facts.skipped == 0,
          askedAtBoot: poll.listAskedAtBoot, at: turn.now))
    } else {
      if poll.held == nil { takeHeldList() }
      answerListWishes(false)
      answerReadersWithoutServer()
    }
    if poll.isListWantedAgain { askList(isAsked: poll.isNextListAsked) }
  }

  mutating func take(_ arrived: ArrivedList) {
    let (list, time) = (arrived.rows, arrived.at)
    let isBacklog = poll.isBacklogNext
    if isBacklog { poll.witnessedSince = arrived.end ?? poll.witnessedSince }
    let isNoteDue = passed(.seconds(60), since: poll.lastNotedAtBoot)
    poll.listsTaken += 1
    poll.lastListAtBoot = time.boot
    poll.lastListAskedAtBoot = arrived.askedAtBoot
    poll.hasListed = true
    poll.isBacklogNext = false
    let changes = believed(list).compactMap { book.apply($0, isBacklog: isBacklog) }
    turn.log(.debug, .listReceived, "\(list.count) conversations, \(changes.count) changed")
    let gone = arrived.isWhole ? book.noteMissing(from: list) : []
    if !gone.isEmpty { turn.log(.info, .conversationGone, "\(gone.count)") }
    if isBacklog { noteMissed(changes) }
    if !changes.isEmpty || !gone.isEmpty {
      poll.lastEventAtBoot = turn.now.boot
      poll.lastNotedAtBoot = turn.now.boot
      commit(
        [.applyList(changes.map(\.state), isBacklog: poll.backlog(isBacklog))]
          + (gone.isEmpty ? [] : [.noteGone(gone)]) + [.noteListed],
        then: .listed(at: time.wall))
    } else if isListOnItsWay {
      commit([.noteListed], then: .listed(at: time.wall))
    } else {
      listStored(at: time.wall)
      if isNoteDue {
        poll.lastNotedAtBoot = turn.now.boot
        commit([.noteListed])
      }
    }
    for change in changes where change.isBack { unpark(change.state.conversation.id) }
    settleFromList(list)
    advancePulls()
    advanceOutbox()
  }

  /// An earlier list is not on the disk yet, and this one says no more than it.
  private var isListOnItsWay: Bool {
    commits.values.contains { if case .listed = $0.sequel { true } else { false } }
  }

  /// Whoever looks into the store finds the list there.
  mutating func listStored(at time: Timestamp) {
    poll.lastListAt = time
    answerListWishes(true)
  }

  /// What came since anybody looked, for one summary; after a login all of it is old news.
  private mutating func noteMissed(_ changes: [ConversationBook.Change]) {
    defer { poll.isAfterLogin = false }
    let missed = changes.filter { $0.unreadGrewBy > 0 }.map { change in
      MissedMessages.Part(
        sender: change.state.conversation.participant, count: change.unreadGrewBy)
    }
    guard !poll.isAfterLogin, !missed.isEmpty else { return }
    poll.missed = MissedMessages(number: (poll.missed?.number ?? 0) + 1, parts: missed)
  }

  mutating func attentionChanged(by change: Int) {
    poll.watchers = max(0, poll.watchers + change)
    poll.lastActivityAtBoot = turn.now.boot
    if change > 0 {
      poll.lastEventAtBoot = turn.now.boot
      askList()
      if poll.isTicking { scheduleTick() }
    }
  }
}
