import FonanaCore
import SyncEngine

/// The person at the command line, and the partners.
extension Simulation {
  func perform(_ act: PersonAct) {
    guard process.isRunning, process.stoppingSince == nil else {  // the command starts the daemon
      return after(.seconds(2), .person(act))
    }
    switch act {
    case .logIn:
      guard credentials?.token == nil else { return }
      people.isLoggedOut = false
      checker.forgiveSockets()
      wish(.logIn(wallet: ModelServer.wallet, keepNew: true), .logIn, act)
    case .logOut:
      guard credentials?.token != nil else { return }
      wish(.logOut, .logOut, act)
      let isAtOnce = whim.happens(0.3)  // the old socket may still be closing
      after(whim.milliseconds(isAtOnce ? 1...250 : 250...90_000), .person(.logIn))
    case .send(let cid, let partner, let name, let text, let isConditional):
      send(cid, to: partner, name, text, isConditional, act)
    case .edit(let cid, let tries): edit(cid, tries: tries)
    case .retry(let cid):
      if store.item(cid)?.state == .parked { wish(.outbox(.retry(cid)), .other, act) }
    case .waver(let cid): waver(cid)
    case .release(let cid):
      if store.item(cid)?.state == .held { wish(.outbox(.release(cid)), .other, act) }
    case .shelve(let cid): shelve(cid)
    case .read(let id):
      guard store.state(of: id) != nil else { return }
      let wantsAll = whim.happens(0.2)
      wish(.prepareRead(id, wantsAll: wantsAll, patience: .seconds(3)), .read(id), act)
    case .markRead(let id, let position):
      wish(.markRead(id, through: position), .other, act)
    case .refresh: wish(.refreshList(patience: .seconds(3)), .other, act)
    case .tidyOutbox: tidyOutbox()
    case .look(let begins):
      process.isWatched = begins
      feed(begins ? .attentionBegan : .attentionEnded)
      if begins, plan.fleet == nil { after(whim.seconds(10...1200), .person(.look(false))) }
    case .reconnect:
      checker.forgiveSockets()
      feed(.reconnectWanted)
    }
  }

  func wish(_ wish: Wish, _ kind: SimProcess.OpenWish.Kind, _ act: PersonAct) {
    let id = nextWish()
    if case .outbox = wish { checker.throttled = [:] }  // a person may want it sooner
    process.wishes[id] = SimProcess.OpenWish(
      kind: kind, act: act, since: clock.times.monotonic)
    feed(.wished(id, wish))
  }

  /// The process died before the answer: the same command again, with the same cid.
  func tryAgain(_ wish: SimProcess.OpenWish) {
    switch wish.kind {
    case .logIn, .send: after(whim.seconds(1...10), .person(wish.act))
    case .logOut, .read, .edit, .other: break
    }
  }

  private func send(
    _ cid: ClientID, to partner: Int, _ name: String, _ text: String, _ isConditional: Bool,
    _ act: PersonAct
  ) {
    // Who asks again hears what has become of it.
    if isConditional, store.isCancelled(cid) { return }
    if people.sends[cid] == nil {
      people.sends[cid] = People.Send(partner: partner, text: text)
      people.order.append(cid)
      thinkBetter(of: cid, chance: 0.15)
      if isConditional { hesitate(cid) }
      if !isHealed, whim.happens(plan[.poison] * 0.3) {
        tally.count(.poison)
        server.poisoned.insert(cid)
      }
    }
    let enclosure = people.enclosures[cid] ?? .none
    let item = OutboxItem(
      cid: cid, recipient: recipient(partner, name), content: text, image: enclosure.image,
      price: enclosure.price, metadata: enclosure.metadata, state: .queued,
      queuedAt: clock.times.wall, unlessRepliedSince: isConditional ? clock.times.wall : nil)
    checker.budget.personSends(at: clock.now)
    wish(.enqueue(item), .send(cid), act)
  }

  func answered(_ id: WishID, _ answer: WishAnswer) {
    guard let wish = process.wishes.removeValue(forKey: id) else {
      return checker.fail(13, "wish \(id.number) was answered twice")
    }
    checker.told(answer, self)
    switch (wish.kind, answer) {
    case (.logIn, .failed): after(whim.seconds(2...20), .person(wish.act))
    case (.send(let cid), .enqueued(let result)):
      checker.reported(cid, result, self)
      people.sends[cid]?.isReported = true
    case (.send, .failed): after(whim.seconds(2...30), .person(wish.act))
    case (.read(let id), .read): markShown(id)
    case (.edit(let cid, let text, let state), _):
      checker.edited(cid, text, answer, self)
      countEdit(of: state, answer)
    case (.logOut, .done): people.isLoggedOut = true
    default: break
    }
  }

  /// Everything that is shown counts as read.
  private func markShown(_ id: ConversationID) {
    guard let newest = store.newestPosition(in: id) else { return }
    after(whim.milliseconds(50...2000), .person(.markRead(id, through: newest)))
  }

  private func tidyOutbox() {
    guard let item = whim.pick(store.outbox) else { return }
    let cid = item.cid
    switch item.state {
    case .parked where item.reason?.code == .ambiguousDelivery:
      people.sends[cid]?.isUndecidable = true
      wish(.outbox(.cancel(cid)), .other, .tidyOutbox)
    case .parked:
      switch whim.below(4) {
      case 0: wish(.outbox(.cancel(cid)), .other, .tidyOutbox)
      case 1: pass(cid)
      default: wish(.outbox(.retry(cid)), .other, .tidyOutbox)
      }
    case .held: whim.happens(0.6) ? wish(.outbox(.release(cid)), .other, .tidyOutbox) : pass(cid)
    case .unresolved, .queued:
      switch whim.below(6) {
      case 0: wish(.outbox(.hold(cid)), .other, .tidyOutbox)
      case 1: wish(.outbox(.cancel(cid)), .other, .tidyOutbox)
      case 2:
        for other in store.outbox where other.reason?.code == .ambiguousDelivery {
          people.sends[other.cid]?.isUndecidable = true
        }
        wish(.outbox(.retryAll), .other, .tidyOutbox)
      default: break
      }
    case .intent, .quarantine:
      if whim.happens(0.3) { wish(.outbox(.cancel(cid)), .other, .tidyOutbox) }
    }
  }

  private func pass(_ cid: ClientID) {
    people.sends[cid]?.isSkipped = true
    wish(.outbox(.skip(cid)), .other, .tidyOutbox)
  }

  // MARK: partners

  func perform(_ act: PartnerAct) {
    switch act {
    case .write(let id, let count): write(count, in: id)
    case .answer(let partner):
      let conversation = server.conversations.first { $0.partner == partner && !$0.isGone }
      if let conversation { write(1, in: conversation.id) }
    case .notify(let message, let id):
      guard let index = server.index(of: id),
        let row = server.notify(message, in: index, at: clock.server)
      else { return }
      push(row)
    }
  }

  private func write(_ count: Int, in id: ConversationID) {
    guard let index = server.index(of: id), !server.conversations[index].isGone else { return }
    if count > 1 { tally.count(.tie) }
    for _ in 0..<count {
      let message = server.store(
        "from partner \(whim.digits(4))",
        from: server.partners[server.conversations[index].partner].id,
        cid: nil, in: index, at: clock.server, isPaid: whim.happens(0.05))
      note("partner writes \(id) \(message.id)")
      guard !whim.happens(plan[.secondStepLost]) else {
        tally.count(.secondStepLost)
        continue
      }
      after(whim.milliseconds(1...300), .partner(.notify(message.id, id)))
    }
  }
}
