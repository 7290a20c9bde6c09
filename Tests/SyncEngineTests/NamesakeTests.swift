import FonanaCore
import Testing

@testable import SyncEngine

/// Messages to one person under several names go out in the order in which they were sent.
@Suite struct NamesakeTests {
  private static let dora = UserProfile(
    id: UserID("cmdora"), wallet: Base58.encode([UInt8](repeating: 7, count: 32)),
    nickname: "dora")
  private static let nobody = failure(404, error: "User not found")

  private func bench() -> CoreBench {
    var bench = CoreBench.loggedIn()
    bench.answerList([])
    return bench
  }

  private func send(
    _ cid: String, to name: String, isKnown: Bool = false, names: [String] = dora.names,
    by bench: inout CoreBench
  ) {
    let recipient = Recipient(
      text: name, userID: isKnown ? Self.dora.id : nil, otherNames: isKnown ? names : nil)
    bench.wish(
      .enqueue(
        OutboxItem(
          cid: ClientID(cid), recipient: recipient, content: "text", state: .queued,
          queuedAt: CoreBench.start)))
  }

  private func line(_ bench: CoreBench) -> [String] {
    bench.core.outbox.lanes[.user(Self.dora.id)]?.map(\.rawValue) ?? []
  }

  @Test(arguments: ["@DORA", "Dora", "dora", "cmdora"])
  func aNameIsFoundInWhateverLettersItWasTyped(name: String) {
    var bench = bench()
    send("1", to: name, by: &bench)
    bench.commitAll()
    send("2", to: Self.dora.wallet ?? "", isKnown: true, by: &bench)
    bench.commitAll()
    #expect(line(bench) == ["1", "2"])
  }

  /// Whoever looked into the store did not find there what is still to be written.
  @Test(arguments: [false, true])
  func whatHasJustBeenFoundAddressesWhatIsSentAtTheSameMoment(_ sleepsMeanwhile: Bool) {
    var bench = bench()
    send("1", to: "@dora", by: &bench)
    bench.commitAll()
    bench.answer(.user(Self.dora)) { if case .lookUpUser = $0 { true } else { false } }
    send("2", to: Self.dora.wallet ?? "", by: &bench)
    send("3", to: "cmdora", isKnown: true, names: ["cmdora"], by: &bench)
    if sleepsMeanwhile { bench.sleep(.seconds(660)) }
    bench.commitAll()
    #expect(line(bench) == ["1", "2", "3"])
  }

  /// It joins the line only when its change is on the disk.
  @Test func whatIsFoundWhileItIsBeingEditedIsNotPassedMeanwhile() {
    var bench = bench()
    for (cid, name) in [("1", "cmdora"), ("2", "@dora")] {
      send(cid, to: name, by: &bench)
      bench.commitAll()
      bench.wish(.outbox(.hold(ClientID(cid))))
      bench.commitAll()
    }
    bench.wish(.outbox(.release(ClientID("2"))))
    bench.commitAll()
    bench.wish(.outbox(.edit(ClientID("1"), content: "other")))
    send("3", to: Self.dora.wallet ?? "", isKnown: true, by: &bench)
    #expect(bench.core.outbox.foundMeanwhile == [ClientID("1"): Self.dora.id])
    #expect(bench.core.outbox.heads().map(\.cid.rawValue).contains("2") == false)
    bench.commitAll()
    #expect(line(bench) == ["1", "2", "3"])
    #expect(bench.core.outbox.heads().map(\.cid.rawValue) == ["1"])
  }

  /// It was killed when both were on the disk, and not yet that they are to one person.
  @Test func whoseNameTheMirrorKnowsIsNotPassedAfterAStart() {
    let recipients = [Recipient(text: "@dora"), Recipient(text: "x", userID: Self.dora.id)]
    let items = recipients.enumerated().map { index, recipient in
      OutboxItem(
        sequence: Int64(index), cid: ClientID("\(index)"), recipient: recipient, content: "text",
        state: recipient.userID == nil ? .unresolved : .queued, queuedAt: CoreBench.start)
    }
    var bench = CoreBench.loggedIn(
      snapshot: StoreSnapshot(
        account: CoreBench.account, outbox: items, recipients: [Self.dora]))
    bench.commitAll()
    #expect(line(bench) == ["0", "1"])
    #expect(bench.core.outbox.heads().map(\.cid.rawValue) == ["0"])
  }

  @Test func aNameMayMeanSomebodyElseLater() {
    var bench = bench()
    send("1", to: "@dora", by: &bench)
    bench.commitAll()
    bench.answer(.user(Self.dora)) { if case .lookUpUser = $0 { true } else { false } }
    bench.pass(.seconds(60))
    send("2", to: "@dora", by: &bench)
    bench.commitAll()
    #expect(bench.state(of: ClientID("2")) == .unresolved)
  }

  @Test func whatIsHeldKeepsItsPlaceAndGoesOnWaiting() {
    var bench = bench()
    send("1", to: "@dora", by: &bench)
    bench.commitAll()
    bench.wish(.outbox(.hold(ClientID("1"))))
    bench.commitAll()
    send("2", to: "cmdora", isKnown: true, by: &bench)
    bench.commitAll()
    #expect(line(bench) == ["1", "2"])
    #expect(bench.state(of: ClientID("1")) == .held)
    #expect(bench.open { if case .createConversation = $0 { true } else { false } }.isEmpty)
  }

  @Test func whatWasParkedSinceNobodyWasFoundGoesOnWhenSomebodyIs() {
    var bench = bench()
    send("1", to: "@dora", by: &bench)
    bench.commitAll()
    bench.answer(Self.nobody) { $0 == .lookUpUser(.nickname("dora")) }
    bench.commitAll()
    #expect(bench.state(of: ClientID("1")) == .parked)
    send("2", to: "cmdora", isKnown: true, by: &bench)
    bench.commitAll()
    #expect(line(bench) == ["1", "2"])
    #expect(bench.state(of: ClientID("1")) == .queued)
    #expect(bench.core.outbox.items[ClientID("1")]?.reason == nil)
  }

  @Test func oneThatIsTakenAtTheSameMomentIsNotPassed() {
    var bench = bench()
    send("1", to: "@dora", by: &bench)
    send("2", to: "cmdora", isKnown: true, by: &bench)
    bench.commitAll()
    #expect(line(bench) == ["1", "2"])
  }

  /// Neither the edit nor the person is lost, whether the disk takes the edit or not.
  @Test(arguments: [true, false])
  func oneThatIsFoundWhileItIsEditedKeepsBoth(isTaken: Bool) {
    var bench = bench()
    send("1", to: "@dora", by: &bench)
    bench.commitAll()
    bench.wish(.outbox(.edit(ClientID("1"), content: "better")))
    send("2", to: "cmdora", isKnown: true, by: &bench)
    if !isTaken { bench.failNextCommit() }
    bench.commitAll()
    #expect(line(bench) == ["1", "2"])
    #expect(bench.core.outbox.items[ClientID("1")]?.content == (isTaken ? "better" : "text"))
  }

  @Test func aConversationThatIsOpenedTellsTheNamesThatWereNotKnown() {
    var bench = bench()
    send("1", to: Self.dora.wallet ?? "", by: &bench)
    bench.commitAll()
    bench.answer(unreachable) { $0 == .lookUpUser(.wallet(Self.dora.wallet ?? "")) }
    send("2", to: "@dora", isKnown: true, names: ["cmdora", "dora", "@dora"], by: &bench)
    bench.commitAll()
    bench.fireOrPass(.tick)
    bench.answer(.notifications([], unread: 0)) { $0 == .listNotifications(limit: 1) }
    bench.commitAll()
    let me = UserProfile(id: CoreBench.me)
    bench.answer(.conversation(ConversationID("c9"), participants: [me, Self.dora])) {
      $0 == .createConversation(with: Self.dora.id)
    }
    bench.commitAll()
    #expect(line(bench) == ["1", "2"])
  }

  private func benchWithANameThatIsNoNickname() -> CoreBench {
    var bench = bench()
    send("1", to: "cmdora", by: &bench)
    bench.commitAll()
    bench.answer(Self.nobody) { $0 == .lookUpUser(.nickname("cmdora")) }
    return bench
  }

  @Test func whomNoNicknameFindsIsLookedUpByTheirId() {
    var bench = benchWithANameThatIsNoNickname()
    bench.answer(.user(Self.dora)) { $0 == .lookUpUser(.id(Self.dora.id)) }
    bench.commitAll()
    #expect(line(bench) == ["1"])
  }

  @Test func whomNeitherFindsIsNobody() {
    var bench = benchWithANameThatIsNoNickname()
    bench.answer(Self.nobody) { $0 == .lookUpUser(.id(Self.dora.id)) }
    bench.commitAll()
    #expect(bench.state(of: ClientID("1")) == .parked)
  }

  /// Only what can be an id is looked up as one.
  @Test func aNicknameIsNotTakenForAnId() {
    var bench = bench()
    send("1", to: "@dora", by: &bench)
    bench.commitAll()
    bench.answer(Self.nobody) { $0 == .lookUpUser(.nickname("dora")) }
    bench.commitAll()
    #expect(bench.state(of: ClientID("1")) == .parked)
  }
}
