import FonanaCore
import FonanaTestSupport
import Foundation
import Testing

@testable import LocalStore

/// What a person has forgotten is in no file, and does not come back.
@Suite(.timeLimit(.minutes(1)))
struct ForgetTests {
  @Test func aForgottenConversationLeavesNoTraceAndKeepsTheRest() async throws {
    try await withTemporaryHome { home in
      let store = try LocalStore.open(path: home.path("fonana.sqlite"))
      try await Canary.fill(store)
      try home.write(Canary.text, to: "fonana.sqlite.schema-1")
      try home.write(Canary.text, to: "damaged-1/fonana.sqlite")
      let rescue = StoreRescue(
        at: Sample.time(0), reason: "damaged", folder: home.path("damaged-1"), savedItems: 1,
        isOutboxComplete: true)
      try home.write(
        String(decoding: try JSONEncoder().encode(rescue), as: UTF8.self),
        to: "damaged-1/report.json")
      #expect(try Canary.files(in: home).count >= 3)
      let part = try await store.forget(Sample.talk, before: nil)
      #expect(part == ForgottenPart(messages: 200, before: Sample.time(199) + .milliseconds(1)))
      #expect(try Canary.files(in: home) == [])
      #expect(try await store.texts(in: Canary.talkWithBob) == ["bob stays"])
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
      try await Canary.fill(store)
      _ = try await store.forget(Sample.talk, before: nil)
      try await store.pull((0..<200).map { Sample.message($0, content: "\(Canary.text) \($0)") })
      try await store.does(
        .applyList([Sample.list(Sample.message(199, content: Canary.text))], isBacklog: false),
        .applyNotifications(
          [
            Canary.notification(201, of: 199), Canary.notification(200, of: 199),
            Canary.notification(150, of: 149),
          ], unread: 2, coverages: [:], isBacklog: false))
      #expect(try await store.texts() == [])
      #expect(try Canary.files(in: home) == [])

      try await store.pull([Sample.message(300, content: "new words")])
      #expect(try await store.texts() == ["new words"])
      try store.close()
      let again = try LocalStore.open(path: store.path)
      try await again.pull([Sample.message(3, content: Canary.text)])
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
      let late = Canary.notification(301, of: 299)
      try await store.does(
        .applyNotifications([late], unread: 1, coverages: [:], isBacklog: false))
      #expect(try await store.texts() == ["new words"])
      #expect(try Canary.files(in: home) == [])

      let after = Canary.notification(302, of: 301)
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
      try await Canary.fill(store)
      _ = try await store.forget(Sample.talk, before: nil)
      let rows = [(300, 298), (201, 199), (150, 149)].map { (number: Int64, message: Int64) in
        var row = Canary.notification(number, of: message)
        row.preview = nil
        return row
      }
      try await store.does(
        .applyNotifications(
          Array(rows.dropFirst()), unread: 2, coverages: [:], isBacklog: true))
      #expect(try Canary.files(in: home) == [])
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
      try await Canary.fill(store)
      _ = try await store.openConsumer("hook:x", at: Sample.time(0))
      try await store.noteFailure(
        "exit 1: \(Canary.text)", of: "hook:x", parking: false, at: Sample.time(0))
      _ = try await store.forget(Sample.talk, before: nil)
      #expect(try Canary.files(in: home) == [])
      #expect(try await store.consumer("hook:x")?.failure == "exit 1")
      try store.close()
    }
  }

  @Test func aTimeForgetsInAllConversationsAlsoInThoseToCome() async throws {
    try await withStore(pinned: false) { store in
      try await Canary.fill(store)
      let part = try await store.forget(nil, before: Sample.time(150))
      #expect(part.messages == 150)
      #expect(try await store.texts(limit: 500).count == 50)
      #expect(try await store.texts(in: Canary.talkWithBob) == ["bob stays"])
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
      try await Canary.fill(store)
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
}
