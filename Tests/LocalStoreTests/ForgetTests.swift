import FonanaCore
import FonanaTestSupport
import Foundation
import GRDB
import Testing

@testable import LocalStore

/// What a person has forgotten is in no file, and does not come back.
@Suite(.timeLimit(.minutes(1)))
struct ForgetTests {
  private let canary = "canary-7f3a"
  private let talkWithBob = ConversationID("talk-bob")

  private func filesHolding(_ text: String, in folder: TemporaryHome) throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return try names.filter { name in
      var isFolder: ObjCBool = false
      let path = folder.path(name)
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue
      else { return false }
      return try Data(contentsOf: URL(filePath: path)).range(of: Data(text.utf8)) != nil
    }
  }

  private func notification(_ number: Int64, of message: Int64) -> PlatformNotification {
    PlatformNotification(
      id: NotificationID("n\(number)"), type: "NEW_MESSAGE", title: "Alice",
      message: "Alice: \(canary)", isRead: false, createdAt: Sample.time(number),
      metadata: JSONText(
        #"{"conversationId":"\#(Sample.talk)","messageId":"m\#(message)","senderId":"user-alice"}"#),
      preview: MessagePreview(
        conversationID: Sample.talk, messageID: MessageID("m\(message)"),
        senderID: Sample.alice.id, senderName: "Alice", text: canary))
  }

  private func fill(_ store: LocalStore) async throws {
    try await store.does(
      .pinAccount(Sample.account), .noteConversation(Sample.talk, with: Sample.alice),
      .noteConversation(talkWithBob, with: Sample.bob))
    try await store.pull((0..<200).map { Sample.message($0, content: "\(canary) \($0)") })
    try await store.pull(
      [Sample.message(1000, from: Sample.bob.id, in: talkWithBob, content: "bob stays")],
      in: talkWithBob)
    try await store.does(
      .enqueue(Sample.item(1, content: "kept words")),
      .applyNotifications(
        [notification(200, of: 199)], unread: 1, coverages: [:], isBacklog: true))
  }

  @Test func aForgottenConversationLeavesNoTraceAndKeepsTheRest() async throws {
    try await withTemporaryHome { home in
      let store = try LocalStore.open(path: home.path("fonana.sqlite"))
      try await fill(store)
      try home.write(canary, to: "fonana.sqlite.schema-1")
      try home.write(canary, to: "damaged-1/fonana.sqlite")
      let rescue = StoreRescue(
        at: Sample.time(0), reason: "damaged", folder: home.path("damaged-1"), savedItems: 1,
        isOutboxComplete: true)
      try home.write(
        String(decoding: try JSONEncoder().encode(rescue), as: UTF8.self),
        to: "damaged-1/report.json")
      #expect(try filesHolding(canary, in: home).count >= 3)
      let part = try await store.forget(Sample.talk, before: nil)
      #expect(part == ForgottenPart(messages: 200, before: Sample.time(199) + .milliseconds(1)))
      #expect(try filesHolding(canary, in: home) == [])
      #expect(try await store.texts(in: talkWithBob) == ["bob stays"])
      #expect(try await store.snapshot().outbox.map(\.cid) == [Sample.cid(1)])
      #expect(try await store.notifications(limit: 9).notifications.isEmpty)
      #expect(try store.firstFlaw() == nil)
      try store.close()
    }
  }

  /// By a page, a list and a notification.
  @Test func whatWasForgottenDoesNotComeBack() async throws {
    try await withTemporaryHome { home in
      let store = try LocalStore.open(path: home.path("fonana.sqlite"))
      try await fill(store)
      _ = try await store.forget(Sample.talk, before: nil)
      try await store.pull((0..<200).map { Sample.message($0, content: "\(canary) \($0)") })
      try await store.does(
        .applyList([Sample.list(Sample.message(199, content: canary))], isBacklog: false),
        .applyNotifications(
          [
            notification(201, of: 199), notification(200, of: 199), notification(150, of: 149),
          ], unread: 2, coverages: [:], isBacklog: false))
      #expect(try await store.texts() == [])
      #expect(try filesHolding(canary, in: home) == [])

      try await store.pull([Sample.message(300, content: "new words")])
      #expect(try await store.texts() == ["new words"])
      try store.close()
      let again = try LocalStore.open(path: store.path)
      try await again.pull([Sample.message(3, content: canary)])
      #expect(try await again.texts() == ["new words"])
      try again.close()
    }
  }

  /// The message is older than the limit, its notification younger, and neither was here.
  @Test func aNotificationThatComesAfterItsMessageWasForgottenBringsNoText() async throws {
    try await withTemporaryHome { home in
      let store = try LocalStore.open(path: home.path("fonana.sqlite"))
      try await store.does(
        .pinAccount(Sample.account), .noteConversation(Sample.talk, with: Sample.alice))
      try await store.pull([Sample.message(400, content: "new words")])
      _ = try await store.forget(nil, before: Sample.time(300))
      let late = notification(301, of: 299)
      try await store.does(
        .applyNotifications([late], unread: 1, coverages: [:], isBacklog: false))
      #expect(try await store.texts() == ["new words"])
      #expect(try filesHolding(canary, in: home) == [])

      let after = notification(302, of: 301)
      try await store.does(
        .applyList([Sample.list(Sample.message(301, content: "listed"))], isBacklog: false),
        .applyNotifications([after], unread: 1, coverages: [:], isBacklog: false))
      #expect(try await store.notifications(limit: 9).notifications.map(\.id) == [after.id])
      try store.close()
    }
  }

  /// As when a person asks for the notifications: what they are about stands in their metadata.
  @Test func aNotificationWithoutItsPreviewBringsNoTextEither() async throws {
    try await withTemporaryHome { home in
      let store = try LocalStore.open(path: home.path("fonana.sqlite"))
      try await fill(store)
      _ = try await store.forget(Sample.talk, before: nil)
      let rows = [(300, 298), (201, 199), (150, 149)].map { (number: Int64, message: Int64) in
        var row = notification(number, of: message)
        row.preview = nil
        return row
      }
      try await store.does(
        .applyNotifications(
          Array(rows.dropFirst()), unread: 2, coverages: [:], isBacklog: true))
      #expect(try filesHolding(canary, in: home) == [])
      try await store.does(
        .applyNotifications(
          rows, unread: 2, coverages: [:], isBacklog: true))
      #expect(try await store.notifications(limit: 9).notifications.map(\.id) == [rows[0].id])
      try store.close()
    }
  }

  /// It may have repeated a message.
  @Test func whatAHookHasWrittenIsForgottenToo() async throws {
    try await withTemporaryHome { home in
      let store = try LocalStore.open(path: home.path("fonana.sqlite"))
      try await fill(store)
      _ = try await store.openConsumer("hook:x", at: Sample.time(0))
      try await store.noteFailure(
        "exit 1: \(canary)", of: "hook:x", parking: false, at: Sample.time(0))
      _ = try await store.forget(Sample.talk, before: nil)
      #expect(try filesHolding(canary, in: home) == [])
      #expect(try await store.consumer("hook:x")?.failure == "exit 1")
      try store.close()
    }
  }

  @Test func aTimeForgetsInAllConversationsAlsoInThoseToCome() async throws {
    try await withStore(pinned: false) { store in
      try await fill(store)
      let part = try await store.forget(nil, before: Sample.time(150))
      #expect(part.messages == 150)
      #expect(try await store.texts(limit: 500).count == 50)
      #expect(try await store.texts(in: talkWithBob) == ["bob stays"])
      let other = ConversationID("talk-other")
      try await store.pull(
        [Sample.message(20, in: other), Sample.message(2000, in: other)], in: other)
      #expect(try await store.texts(in: other).count == 1)
      #expect(try await store.snapshot().forgottenBefore == Sample.time(150))
    }
  }

  /// The clock here may be ahead of the server's.
  @Test func whatIsYoungerThanAllThatIsKnownIsNotForgottenUnseen() async throws {
    try await withTemporaryHome { home in
      let store = try LocalStore.open(path: home.path("fonana.sqlite"))
      try await fill(store)
      let part = try await store.forget(nil, before: Sample.time(5000))
      #expect(part.before == Sample.time(1000) + .milliseconds(1))
      try await store.pull([Sample.message(2000, content: "new words")])
      #expect(try await store.texts() == ["new words"])
      try store.close()
    }
  }

  @Test func aGapAmongForgottenMessagesIsNone() async throws {
    try await withStore { store in
      let gaps = [
        Gap(newer: Sample.place(80), older: Sample.place(60), cursor: nil),
        Gap(newer: Sample.place(40), older: nil, cursor: nil),
      ]
      let page = Sample.page([Sample.message(40), Sample.message(60), Sample.message(80)])
      let unreadable = [
        UnreadableStretch(newer: Sample.place(60), older: nil),
        UnreadableStretch(newer: Sample.place(40), older: nil),
      ]
      let coverage = Coverage(newest: Sample.place(90), gaps: gaps, unreadable: unreadable)
      try await store.does(.applyPage(Sample.talk, page, coverage, proven: nil, isBacklog: true))
      _ = try await store.forget(Sample.talk, before: Sample.time(50))
      let kept = try await store.snapshot().conversations.first?.coverage
      #expect(kept?.gaps == [gaps[0]] && kept?.unreadable == [unreadable[0]])
      // The engine has not heard of it yet.
      try await store.does(.applyPage(Sample.talk, page, coverage, proven: nil, isBacklog: true))
      #expect(try await store.snapshot().conversations.first?.coverage.gaps == [gaps[0]])
    }
  }

  /// The rows are gone, and the log can't be emptied while another program reads the file.
  private func interrupted(
    _ home: TemporaryHome, _ body: (LocalStore) async throws -> Void
  ) async throws -> LocalStore {
    let store = try LocalStore.open(path: home.path("fonana.sqlite"))
    try await fill(store)
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: store.path, configuration: configuration)
    try await other.writeWithoutTransaction { db in
      try db.beginTransaction(.deferred)
      _ = try Row.fetchOne(db, sql: "SELECT count(*) FROM message")
    }
    let error = await #expect(throws: FonanaError.self) {
      _ = try await store.forget(Sample.talk, before: nil)
    }
    #expect(error?.code == .storeUnwritable && error?.message.contains("traces") == true)
    #expect(try await store.texts() == [])
    #expect(try filesHolding(canary, in: home) != [])
    try await body(store)
    try await other.writeWithoutTransaction { try $0.commit() }
    try other.close()
    return store
  }

  @Test func tracesThatAnInterruptedForgetHasLeftGoWithTheNextOne() async throws {
    try await withTemporaryHome { home in
      let store = try await interrupted(home) { _ in }
      let part = try await store.forget(Sample.talk, before: nil)
      #expect(part == ForgottenPart(messages: 0, before: Sample.time(199) + .milliseconds(1)))
      #expect(try filesHolding(canary, in: home) == [])
      try store.close()
    }
  }

  /// The files as a kill would leave them, and a backup of that moment.
  @Test func tracesThatAnInterruptedForgetHasLeftGoAtTheNextStart() async throws {
    let elsewhere = try TemporaryHome()
    try await withTemporaryHome { home in
      let store = try await interrupted(home) { store in
        let files = FileManager.default
        try home.write("\(canary) before the migration", to: "killed/fonana.sqlite.schema-1")
        for suffix in ["", "-wal"] {
          try files.copyItem(
            atPath: store.path + suffix, toPath: home.path("killed/fonana.sqlite") + suffix)
        }
        _ = try await store.backUp(
          to: elsewhere.path("backup"), images: home.path("images"), replacing: false)
      }
      let left = Set(try filesHolding(canary, in: home).filter { $0.hasPrefix("killed/") })
      #expect(try filesHolding(canary, in: elsewhere) == [])
      #expect(left == ["killed/fonana.sqlite-wal", "killed/fonana.sqlite.schema-1"])
      let killed = try LocalStore.open(path: home.path("killed/fonana.sqlite"))
      #expect(try filesHolding(canary, in: home).filter { $0.hasPrefix("killed/") } == [])
      #expect(try await killed.texts(in: talkWithBob) == ["bob stays"])
      #expect(try killed.firstFlaw() == nil)
      try killed.close()
      try store.close()
    }
    try elsewhere.remove()
  }

  @Test func whatMayHoldUnsentMessagesIsNotRemoved() async throws {
    try await withTemporaryHome { home in
      let store = try LocalStore.open(path: home.path("fonana.sqlite"))
      try await store.does(.pinAccount(Sample.account))
      try await store.pull([Sample.message(1)])
      let kept = try home.write("unknown", to: "damaged-1/fonana.sqlite")
      let error = await #expect(throws: FonanaError.self) {
        _ = try await store.forget(Sample.talk, before: nil)
      }
      #expect(error?.code == .conflict)
      #expect(FileManager.default.fileExists(atPath: kept))
      #expect(try await store.texts() == ["text"])
      try store.close()
    }
  }
}
