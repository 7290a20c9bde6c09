import FonanaCore
import SyncEngine

/// What there is at the beginning, and what people will do.
extension Simulation {
  func furnish() {
    server.partners = ["ana", "bob", "cyd", "dora", "emil", "fay", "gus"].enumerated().map {
      index, name in
      let wallet = Base58.encode([UInt8](repeating: UInt8(index + 1), count: 32))
      return UserProfile(id: UserID("cmuser\(index)"), wallet: wallet, nickname: name)
    }
    if plan[.serverClock] > 0 {
      tally.count(.serverClock)
      clock.serverOffset = fate.seconds(1...7200) - .seconds(3600)
    }
    let start = clock.server - .seconds(40 * 86_400)
    for partner in 0..<3 { tellPast(of: partner, from: start) }
    if plan.startsLoggedIn { logInBefore() } else { after(.zero, .person(.logIn)) }
    after(.zero, .boot(epoch: process.epoch))
    if let part = plan.fleet {
      schedule(part)
    } else {
      schedulePeople()
    }
    schedulePartners()
    scheduleFaults()
    server.isSkewed = plan[.skew] > 0
    after(plan.chaos, .heal)
  }

  /// Old messages, read in a browser but for the newest of some.
  private func tellPast(of partner: Int, from start: Timestamp) {
    _ = server.conversation(with: partner, at: start)
    var at = start
    let block = plan[.tie] > 0 && whim.happens(0.3) ? whim.within(20...220) : 0
    let count = whim.within(0...250)
    for number in 0..<count + block {
      if number >= block { at = at + whim.milliseconds(1...9_000_000) }
      let isOwn = whim.happens(0.4)
      server.store(
        "old \(number)", from: isOwn ? ModelServer.me : server.partners[partner].id, cid: nil,
        in: partner, at: at)
    }
    if whim.happens(0.7) { server.markRead(partner, by: .browser) }
  }

  private func logInBefore() {
    let account = AccountRecord(
      origin: SwarmPlan.origin, userID: ModelServer.me, wallet: ModelServer.wallet, nickname: "me")
    _ = write([.pinAccount(account)])
    let grant = server.grant(at: clock.server)
    credentials = StoredCredentials(
      origin: SwarmPlan.origin, wallet: ModelServer.wallet, userID: ModelServer.me,
      token: grant.token, issuedAt: grant.issuedAt, expiresAt: grant.expiresAt)
  }

  private func schedulePeople() {
    let span = milliseconds(plan.chaos)
    for number in 0..<plan.sends {
      let cid = ClientID("\(whim.digits(8))-\(number)")
      // The same words twice, now and then: only the mark tells them apart.
      let text = whim.happens(0.1) ? "hello" : "text \(number)"
      let draw = whim.below(100)
      let partner = draw < 3 ? People.nobody : draw < 18 ? 3 : draw % 3
      send(cid, to: partner, text, in: whim.milliseconds(0...span))
    }
    scheduleStrangers(span)
    for _ in 0..<plan.edits {
      after(pen.milliseconds(0...span), .person(.edit(nil, tries: 3)))
    }
    for _ in 0..<whim.within(5...30) {
      let id = server.conversations[whim.below(3)].id
      after(whim.milliseconds(0...span), .person(.read(id)))
    }
    for _ in 0..<whim.within(0...20) { after(whim.milliseconds(0...span), .person(.tidyOutbox)) }
    for _ in 0..<whim.within(0...10) { after(whim.milliseconds(0...span), .person(.refresh)) }
    for _ in 0..<whim.within(0...2) { after(whim.milliseconds(0...span), .person(.reconnect)) }
    if whim.happens(0.5) { after(whim.milliseconds(0...span), .person(.look(true))) }
    if whim.happens(0.3) { after(whim.milliseconds(0...span), .person(.logOut)) }
  }

  private func schedulePartners() {
    let span = milliseconds(plan.chaos)
    var left = plan.partnerMessages
    while left > 0 {
      let count = whim.happens(plan[.tie] * 3) ? whim.within(2...6) : 1
      left -= count
      after(
        whim.milliseconds(0...span),
        .partner(.write(server.conversations[whim.below(3)].id, count: count)))
    }
  }
}
