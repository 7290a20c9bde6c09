import FonanaCore

/// What people ask for; each wish is answered once.
extension EngineCore {
  mutating func wished(_ id: WishID, _ wish: Wish) {
    guard !isShuttingDown else {
      return fail(id, FonanaError(.daemonUnavailable, "The daemon is stopping."))
    }
    guard isBooted else { return earlyWishes.append((id, wish)) }
    switch wish {
    case .ready: turn.emit(.answer(id, .done))
    case .logIn(let wallet, let keepNew, let proof):
      logIn(wallet: wallet, keepNew: keepNew, proof: proof, wish: id)
    case .logOut: logOut(id)
    case .enqueue(let item): enqueue(item, id)
    case .outbox(let command): perform(command, id)
    case .prepareRead(let conversation, let wantsAll, let insists, let patience):
      prepareRead(
        conversation, wantsAll: wantsAll, insists: insists, patience: patience, wish: id)
    case .markRead(let conversation, let position): markRead(conversation, position, id)
    case .refreshList(let patience): refreshList(patience, id)
    case .call(let request, let patience): call(request, patience, id)
    case .pauseSocket(let limit): pauseSocket(limit, id)
    case .resumeSocket: resumeSocket(id)
    }
  }

  private mutating func markRead(
    _ conversation: ConversationID, _ position: MessagePosition, _ wish: WishID
  ) {
    commit(
      [.markRead(conversation, through: position)],
      then: .markedRead(wish, conversation, position))
  }

  private mutating func refreshList(_ patience: Duration, _ wish: WishID) {
    poll.lastActivityAtBoot = turn.now.boot
    let limit = bounded(patience)
    guard session.canCall(.conversations, at: turn.now.boot), limit > .zero else {
      return turn.emit(.answer(wish, .list(false)))
    }
    listWishes.append(wish)
    turn.emit(.setTimer(.patience(wish), at: turn.now.boot + limit))
    askList(isAsked: true)
  }

  mutating func answerListWishes(_ isFresh: Bool) {
    for wish in listWishes {
      turn.emit(.cancelTimer(.patience(wish)))
      turn.emit(.answer(wish, .list(isFresh)))
    }
    listWishes = []
  }

  private mutating func call(_ request: ServerRequest, _ patience: Duration, _ wish: WishID) {
    guard session.canCall(Route(request), at: turn.now.boot) else {
      return fail(
        wish,
        FonanaError(
          .notLoggedIn, "Without a valid token the server can't be asked.",
          hint: "Log in with “fonana login”."))
    }
    callWishes.insert(wish)
    turn.emit(.setTimer(.patience(wish), at: turn.now.boot + patience))
    submit(request, for: .wish(wish), isAsked: true)
  }

  mutating func wishAnswered(_ answer: ServerAnswer, _ wish: WishID) {
    guard callWishes.remove(wish) != nil else { return }  // it was too late
    turn.emit(.cancelTimer(.patience(wish)))
    switch answer {
    case .success(let reply, _): turn.emit(.answer(wish, .reply(reply)))
    case .failure(let failure): fail(wish, failure.asAnswer)
    }
  }

  mutating func lostPatience(_ wish: WishID) {
    noteSilence()
    if callWishes.remove(wish) != nil {
      return fail(
        wish,
        FonanaError(
          .serverUnreachable, "The server did not answer in time.",
          hint: "Check the network, then “fonana doctor”."))
    }
    if readerLostPatience(wish) { return }
    guard let index = listWishes.firstIndex(of: wish) else { return }
    listWishes.remove(at: index)
    turn.emit(.answer(wish, .list(false)))
  }
}
