import FonanaCore
import Testing

@testable import LocalStore

@Suite(.timeLimit(.minutes(1)))
struct OutboxTests {
  @Test func everyFieldOfAnItemIsKept() async throws {
    try await withStore { store in
      var item = Sample.item(1, state: .parked)
      item.image = OutgoingImage(
        fileName: "a.png", contentType: "image/png", byteCount: 12, digest: "d",
        uploadedURL: "https://x/y")
      item.price = 0.25
      item.metadata = JSONText(#"{"a":[1]}"#)
      item.attempts = 3
      item.refusals = 2
      item.doubt = Doubt(fence: Sample.time(9), negativesNeeded: 2, isHandlerDone: true)
      item.reason = FonanaError(.refused, "No.", hint: "Ask.", retryable: true)
      item.isCancelWanted = true
      item.isSkipped = true
      try await store.does(.enqueue(item))
      item.sequence = 1
      #expect(try await store.outboxItem(item.cid) == item)
      item.doubt = Doubt(fence: nil, negativesNeeded: 1, isHandlerDone: false)
      item.image = nil
      try await store.does(.update(item, Sample.entry("parked")))
      #expect(try await store.snapshot().outbox == [item])
    }
  }

  @Test func theSnapshotNamesWhatWasEdited() async throws {
    try await withStore { store in
      for number in 1...3 { try await store.does(.enqueue(Sample.item(number))) }
      let edit = OutboxHistoryEntry(
        at: Sample.time(1), from: .queued, to: "queued", outcome: "edited", detail: "")
      for number in [3, 2, 3] {
        try await store.does(.update(Sample.item(number, content: "better"), edit))
      }
      try await store.does(.cancel(Sample.cid(2), Sample.entry("cancelled")))
      #expect(try await store.snapshot().edited == [Sample.cid(3)])
    }
  }

  @Test func aRepeatedEnqueueIsTheSameItem() async throws {
    try await withStore { store in
      let first = try await store.does(.enqueue(Sample.item(1)))
      var known = Sample.item(1)
      known.sequence = 1
      #expect(first.enqueued == [.added(known)])
      #expect(first.kinds == [.outboxChanged])
      let second = try await store.does(.enqueue(Sample.item(1)))
      #expect(second.enqueued == [.known(known)])
      #expect(second.kinds.isEmpty)
    }
  }

  @Test(arguments: [
    Sample.item(1, content: "other"), Sample.item(1, to: "@bob"),
  ])
  func theSameCidWithAnotherWishIsAConflict(other: OutboxItem) async throws {
    try await withStore { store in
      try await store.does(.enqueue(Sample.item(1)))
      #expect(try await store.does(.enqueue(other)).enqueued == [.conflict])
      try await store.does(.confirm(Sample.cid(1), Sample.ownMessage(5), at: Sample.time(6)))
      #expect(try await store.does(.enqueue(other)).enqueued == [.conflict])
      #expect(
        try await store.does(.enqueue(Sample.item(1))).enqueued
          == [.sent(Sample.cid(1), MessageID("m5"), Sample.talk)])
      #expect(try await store.snapshot().outbox.isEmpty)
    }
  }

  @Test func aConfirmationMovesTheItemToTheMirror() async throws {
    try await withStore { store in
      try await store.does(.enqueue(Sample.item(1)))
      let result = try await store.does(
        .confirm(Sample.cid(1), Sample.ownMessage(5, content: nil), at: Sample.time(6)))
      #expect(result.kinds == [.messageSent, .outboxChanged, .conversationChanged])
      let row = try #require(try await store.message(sentAs: Sample.cid(1), mode: .onRead))
      #expect(row.message.content == "hello")
      #expect(row.message.isOwn && row.message.isComplete && !row.isUnread)
      #expect(try await store.outboxItems().isEmpty)
      #expect(try await store.sentEntry(Sample.cid(1))?.messageID == MessageID("m5"))
      #expect(try await store.history(of: Sample.cid(1)).map(\.to) == ["queued", "sent"])
    }
  }

  /// Nothing of a confirmation stays when a later act of the call is refused.
  @Test func aConfirmationIsAtomic() async throws {
    try await withStore { store in
      try await store.does(.enqueue(Sample.item(1)))
      let before = try store.dump()
      let stranger = AccountRecord(origin: "https://elsewhere", userID: Sample.me, wallet: "w")
      await #expect(throws: FonanaError.self) {
        try await store.does(
          .confirm(Sample.cid(1), Sample.ownMessage(5), at: Sample.time(6)), .pinAccount(stranger))
      }
      #expect(try store.dump() == before)
    }
  }

  @Test func aLateAnswerChangesNothing() async throws {
    try await withStore { store in
      try await store.does(.enqueue(Sample.item(1)))
      let confirmation = StoreAct.confirm(
        Sample.cid(1), Sample.ownMessage(5), at: Sample.time(6))
      try await store.does(confirmation)
      let before = try store.dump()
      let late = try await store.does(
        confirmation, .update(Sample.item(1), Sample.entry("quarantine")),
        .cancel(Sample.cid(1), Sample.entry("cancelled")))
      #expect(late.kinds.isEmpty)
      #expect(try store.dump() == before)
    }
  }

  @Test(arguments: [true, false])
  func aSecondCopyIsCountedAndShownOnce(isSeenInPage: Bool) async throws {
    try await withStore { store in
      try await store.does(.enqueue(Sample.item(1)))
      let copies = [5, 6].map { Sample.ownMessage($0, content: "hello", cid: Sample.cid(1)) }
      try await store.does(.confirm(Sample.cid(1), copies[0], at: Sample.time(6)))
      if !isSeenInPage {
        try await store.does(.noteDuplicate(Sample.cid(1), MessageID("m6")))
        try await store.does(.confirm(Sample.cid(1), copies[1], at: Sample.time(7)))
      }
      try await store.pull(copies)
      try await store.pull(copies)
      #expect(try await store.statistics().counters[.duplicatesSeen] == 1)
      #expect(try await store.texts() == ["hello"])
      #expect(
        try await store.message(sentAs: Sample.cid(1), mode: .eager)?.message.id.rawValue == "m5")
    }
  }

  /// A page has shown a row of it, but that did not settle it.
  @Test func aRowThatCameBeforeTheOneThatSettlesItIsCounted() async throws {
    try await withStore { store in
      try await store.does(.enqueue(Sample.item(1)))
      try await store.pull([Sample.ownMessage(5, content: "before", cid: Sample.cid(1))])
      let settling = Sample.ownMessage(6, content: "hello", cid: Sample.cid(1))
      try await store.does(.confirm(Sample.cid(1), settling, at: Sample.time(7)))
      #expect(try await store.statistics().counters[.duplicatesSeen] == 1)
    }
  }

  @Test func copiesThatDifferAreBothShown() async throws {
    try await withStore { store in
      try await store.pull([
        Sample.ownMessage(5, content: "one", cid: Sample.cid(1)),
        Sample.ownMessage(6, content: "two", cid: Sample.cid(1)),
        Sample.message(7, content: "one", cid: Sample.cid(1)),
      ])
      #expect(try await store.texts() == ["one", "two", "one"])
      #expect(try await store.statistics().counters[.duplicatesSeen] == 1)
    }
  }

  @Test func blockingHeadsComeFirst() async throws {
    try await withStore { store in
      var skipped = item(5, to: "bob", state: .parked)
      skipped.isSkipped = true
      try await store.does(
        .enqueue(item(1, to: "a")), .enqueue(item(2, to: "a", state: .parked)),
        .enqueue(item(3, to: "b", state: .parked)), .enqueue(item(4, to: "b")),
        .enqueue(skipped))
      let rows = try await store.outboxItems()
      #expect(rows.map(\.item.cid) == [3, 1, 2, 4, 5].map(Sample.cid))
      #expect(rows.map(\.isBlockingHead) == [true, false, false, false, false])
    }
  }

  private func item(_ number: Int, to name: String, state: OutboxState = .queued) -> OutboxItem {
    var item = Sample.item(
      number, to: "@\(name)", in: ConversationID("talk-\(name)"), state: state)
    item.recipient.userID = UserID("user-\(name)")
    return item
  }

  /// It will join their lane, so it blocks their conversation already.
  @Test func oneWhoseNameIsNotKnownBlocksThoseToTheSameName() async throws {
    try await withStore { store in
      var held = Sample.item(2, to: "@Alice", in: nil, state: .held)
      held.recipient.userID = nil
      var other = Sample.item(1, to: "@nobody", in: nil, state: .unresolved)
      other.recipient.userID = nil
      try await store.does(
        .enqueue(other), .enqueue(held), .enqueue(Sample.item(3)), .enqueue(Sample.item(4)),
        .enqueue(item(5, to: "bob")))
      let rows = try await store.outboxItems()
      #expect(rows.map(\.item.cid) == [2, 1, 3, 4, 5].map(Sample.cid))
      #expect(rows[0].isBlockingHead && rows[0].waiting == 2)
      #expect(rows[0].blockedConversations == [Sample.talk])
      #expect(!rows.dropFirst().contains { $0.isBlockingHead })
    }
  }

  /// Nothing is looked up behind a parked name, so whoever waits for one behind it waits too.
  @Test func whatParksALookUpBlocksThoseThatWaitForIt() async throws {
    try await withStore { store in
      var parked = Sample.item(1, to: "@nobody", in: nil, state: .parked)
      parked.recipient.userID = nil
      var waiting = Sample.item(2, to: "@alice", in: nil, state: .unresolved)
      waiting.recipient.userID = nil
      try await store.does(.enqueue(parked), .enqueue(waiting), .enqueue(Sample.item(3)))
      let rows = try await store.outboxItems()
      #expect(rows.map(\.isBlockingHead) == [true, false, false])
      #expect(rows[0].waiting == 2 && rows[0].blockedConversations == [Sample.talk])
    }
  }

  @Test func unsentMessagesAreFoundByConversationAndByUser() async throws {
    try await withStore { store in
      var byUser = Sample.item(2)
      byUser.recipient.conversationID = nil
      var unresolved = Sample.item(3)
      unresolved.recipient = Recipient(text: "@new")
      try await store.does(
        .noteConversation(Sample.talk, with: Sample.alice), .enqueue(Sample.item(1)),
        .enqueue(byUser), .enqueue(unresolved))
      let found = try await store.outboxItems(in: Sample.talk).map(\.cid)
      #expect(found == [Sample.cid(1), Sample.cid(2)])
    }
  }
}

extension Sample {
  static func ownMessage(
    _ number: Int64, content: String? = "hello", cid: ClientID? = nil
  ) -> ServerMessage {
    message(number, from: me, content: content, cid: cid)
  }
}
