import FonanaCore
import Testing

@testable import LocalStore

@Suite(.timeLimit(.minutes(1)))
struct MirrorTests {
  @Test func aKnownTextIsNeverReplacedByNothing() async throws {
    try await withStore { store in
      try await store.pull([Sample.message(1, content: "text")])
      let again = try await store.pull([Sample.message(1, content: nil)])
      #expect(try await store.texts() == ["text"])
      #expect(again.kinds.isEmpty)
    }
  }

  @Test func aMessageIsAnnouncedOnce() async throws {
    try await withStore { store in
      let island = try await store.does(
        .applyList([Sample.list(Sample.message(1), unread: 1)], isBacklog: false))
      #expect(island.kinds == [.messageReceived, .conversationChanged])
      #expect(try await store.message(MessageID("m1"), mode: .onRead)?.message.isComplete == false)
      let page = try await store.pull([Sample.message(1)])
      #expect(page.kinds == [.messageUpdated])
      #expect(try await store.pull([Sample.message(1)]).kinds.isEmpty)
      let list = try await store.does(
        .applyList([Sample.list(Sample.message(1), unread: 1)], isBacklog: false))
      #expect(list.kinds.isEmpty)
    }
  }

  @Test func eventsReferToTheirMessageInOrderOfTime() async throws {
    try await withStore { store in
      let result = try await store.pull([
        Sample.message(3), Sample.message(1), Sample.message(2, from: Sample.me),
      ])
      #expect(
        result.kinds
          == [.messageReceived, .messageSent, .messageReceived, .conversationChanged])
      #expect(result.events.compactMap(\.messageID?.rawValue) == ["m1", "m2", "m3"])
      #expect(result.events.map(\.sequence) == [1, 2, 3, 4])
      #expect(try await store.events(after: 0, limit: 10) == result.events)
    }
  }

  @Test(arguments: [(true, false, true), (false, true, true), (false, false, false)])
  func backlogAndWhatWasReadElsewhereCallNobody(
    isBacklog: Bool, isRead: Bool, isSilent: Bool
  ) async throws {
    try await withStore { store in
      let result = try await store.pull(
        [Sample.message(1, isRead: isRead)], isBacklog: Backlog(isBacklog))
      #expect(result.events.first?.isBacklog == isSilent)
    }
  }

  @Test func whatIsOlderThanTheFirstListCallsNobody() async throws {
    try await withStore { store in
      let result = try await store.pull(
        [Sample.message(9), Sample.message(1)],
        isBacklog: Backlog(false, before: Sample.time(5)))
      let silent = result.events.filter { $0.kind == .messageReceived }.map(\.isBacklog)
      #expect(silent == [true, false])
    }
  }

  /// A list may show our message while its POST is on the way.
  @Test func anOwnMessageIsAnnouncedOnceHoweverItIsSeen() async throws {
    try await withStore { store in
      let own = Sample.ownMessage(5, cid: Sample.cid(1))
      try await store.does(.enqueue(Sample.item(1)))
      let list = try await store.does(.applyList([Sample.list(own)], isBacklog: false))
      #expect(list.kinds == [.conversationChanged])
      #expect(try await store.pull([own]).kinds.isEmpty)
      let confirmed = try await store.does(.confirm(Sample.cid(1), own, at: Sample.time(6)))
      #expect(confirmed.kinds == [.messageSent, .outboxChanged])
      #expect(try await store.pull([own]).kinds.isEmpty)
    }
  }

  @Test func aReadTickOnOurMessageIsAnUpdate() async throws {
    try await withStore { store in
      try await store.pull([Sample.message(1, from: Sample.me)])
      let ticked = try await store.pull([Sample.message(1, from: Sample.me, isRead: true)])
      #expect(ticked.kinds == [.messageUpdated])
    }
  }

  @Test func aConversationThatIsGoneKeepsItsHistoryUntilItIsBack() async throws {
    try await withStore { store in
      let all = (1...3).map { Sample.message($0) }
      try await store.pull(all)
      try await store.does(.applyList([Sample.list(all[2])], isBacklog: false))
      #expect(try await store.does(.noteGone([Sample.talk])).kinds == [.conversationChanged])
      #expect(try await store.does(.noteGone([Sample.talk])).kinds.isEmpty)
      #expect(try await store.conversations(mode: .eager).map(\.isRemoved) == [true])
      #expect(try await store.snapshot().conversations.map(\.isGone) == [true])
      #expect(try await store.texts().count == 3)
      try await store.does(.applyList([Sample.list(all[2])], isBacklog: false))
      #expect(try await store.conversations(mode: .eager).map(\.isRemoved) == [false])
    }
  }

  @Test func coverageIsKeptAsItWasGiven() async throws {
    try await withStore { store in
      let coverage = Coverage(
        newest: Sample.place(5),
        gaps: [
          Gap(newer: Sample.place(9), older: Sample.place(5), cursor: nil),
          Gap(newer: Sample.place(3), older: nil, cursor: Sample.place(4)),
        ],
        unreadable: [
          UnreadableStretch(newer: nil, older: Sample.place(9)),
          UnreadableStretch(newer: Sample.place(5), older: Sample.place(3)),
        ])
      try await store.does(
        .applyPage(
          Sample.talk, Sample.page([Sample.message(5)]), coverage, proven: nil,
          isBacklog: false))
      #expect(try await store.snapshot().conversations.map(\.coverage) == [coverage])
      #expect(try await store.statistics().gaps == 2)
      let slice = try await store.messages(MessageQuery(in: Sample.talk, limit: 9), mode: .eager)
      #expect(slice.gaps.map(\.reason) == [.unreadable, .notFetched, .unreadable])
      try await store.pull([Sample.message(9)])
      #expect(try await store.snapshot().conversations.first?.coverage.isWhole == true)
    }
  }

  @Test func aNewNicknameShowsEverywhere() async throws {
    try await withStore { store in
      try await store.pull([Sample.message(1)])
      try await store.does(.noteConversation(Sample.talk, with: Sample.alice))
      let renamed = UserProfile(id: Sample.alice.id, nickname: "Alicia")
      #expect(try await store.does(.noteUser(renamed)).kinds == [.conversationChanged])
      let row = try #require(try await store.conversation(Sample.talk, mode: .onRead))
      #expect(row.participant?.nickname == "Alicia")
      #expect(row.participant?.wallet == Sample.alice.wallet)
      #expect(row.last?.sender?.nickname == "Alicia")
      #expect(try await store.resolve("@alice").isEmpty)
    }
  }

  @Test func aListWithoutAConversationLeavesItAlone() async throws {
    try await withStore { store in
      let other = Sample.list(nil, talk: ConversationID("talk-bob"), with: Sample.bob)
      try await store.does(
        .applyList([Sample.list(Sample.message(1)), other], isBacklog: false))
      let result = try await store.does(.applyList([other], isBacklog: false))
      #expect(result.kinds.isEmpty)
      let row = try await store.conversation(Sample.talk, mode: .onRead)
      #expect(row?.isRemoved == false)
      #expect(row?.last?.message.id == MessageID("m1"))
    }
  }

  /// A notification is younger than its message.
  @Test func theSnapshotTellsTheOthersNewestMessageOfAListOrAPage() async throws {
    try await withStore { store in
      func received() async throws -> Timestamp? {
        try await store.snapshot().conversations.first?.lastReceivedAt
      }
      try await store.does(
        .applyNotifications(
          [Sample.notification(9)], unread: 1, coverages: [:], isBacklog: false))
      #expect(try await received() == nil)
      try await store.pull([Sample.message(1), Sample.message(5, from: Sample.me)])
      #expect(try await received() == Sample.time(1))
      try await store.does(.applyList([Sample.list(Sample.message(3))], isBacklog: false))
      #expect(try await received() == Sample.time(3))
    }
  }

  @Test func aNotificationBringsAnIslandAndAnEvent() async throws {
    try await withStore { store in
      let notification = Sample.notification(1)
      let act = StoreAct.applyNotifications(
        [notification], unread: 1,
        coverages: [
          Sample.talk: Coverage(gaps: [Gap(newer: Sample.place(1), older: nil, cursor: nil)])
        ],
        isBacklog: false)
      let result = try await store.does(act)
      #expect(
        result.kinds == [.notificationReceived, .messageReceived, .conversationChanged])
      #expect(try await store.does(act).kinds.isEmpty)
      #expect(try await store.texts() == ["first words"])
      #expect(try await store.statistics().gaps == 1)
      #expect(try await store.notifications(limit: 5).unread == 1)
      try await store.does(.markNotificationsRead([notification.id]))
      let list = try await store.notifications(limit: 5)
      #expect(list.unread == 0)
      #expect(list.notifications.map(\.isRead) == [true])
    }
  }

  @Test(arguments: [
    AccountRecord(origin: "https://elsewhere", userID: Sample.me, wallet: "w"),
    AccountRecord(origin: Sample.account.origin, userID: UserID("other"), wallet: "w"),
  ])
  func anotherAccountIsRefused(account: AccountRecord) async throws {
    try await withStore { store in
      let error = await #expect(throws: FonanaError.self) {
        try await store.does(.pinAccount(account))
      }
      #expect(error?.code == .wrongAccount)
      #expect(error?.hint?.contains("--profile") == true)
      #expect(error?.hint?.contains("logout --purge") == true)
      let kept = try await store.account()
      #expect(kept == Sample.account)
    }
  }

  @Test func theMirrorNeedsAnAccount() async throws {
    try await withStore(pinned: false) { store in
      let error = await #expect(throws: FonanaError.self) {
        try await store.pull([Sample.message(1)])
      }
      #expect(error?.code == .notLoggedIn)
    }
  }
}

extension Sample {
  static func notification(_ number: Int64) -> PlatformNotification {
    PlatformNotification(
      id: NotificationID("n\(number)"), type: "NEW_MESSAGE", title: "t", message: "first words",
      isRead: false, createdAt: time(number), metadata: JSONText("{}"),
      preview: MessagePreview(
        conversationID: talk, messageID: MessageID("m\(number)"), senderID: alice.id,
        senderName: "Alice", text: "first words"))
  }
}
