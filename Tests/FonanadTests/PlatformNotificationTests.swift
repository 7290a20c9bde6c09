import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import LocalStore
import Testing

@testable import fonanad

@Suite(.timeLimit(.minutes(5))) struct PlatformNotificationTests {
  /// Nor is another that was named beside it.
  @Test func aNotificationThatIsNotHereIsNotMarked() async throws {
    try await withTestDaemon { test in
      let me = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      let like = test.world.addNotification(
        for: me.id, type: "LIKE", title: "A like", message: "", push: false)
      try await test.logIn()
      try await test.wait(for: .synced)
      let list = try await test.call(Calls.listNotifications, NotificationListRequest())
      #expect(list.notifications.map(\.id.rawValue) == [like.id])
      let known = NotificationID(like.id)
      let error = await #expect(throws: FonanaError.self) {
        try await test.call(
          Calls.readNotifications,
          NotificationReadRequest(ids: [known, NotificationID("nope")]))
      }
      #expect(error?.code == .notFound)
      for marked in [1, 0] {
        let result = try await test.call(
          Calls.readNotifications, NotificationReadRequest(ids: [known]))
        #expect(result.marked == marked)
      }
    }
  }

  /// A consumer that was away for long.
  @Test func anOldNotificationIsToldToo() async throws {
    try await withTestDaemon { test in
      _ = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      try await test.logIn()
      let rows = (0..<300).map { number in
        PlatformNotification(
          id: NotificationID("n\(number)"), type: "LIKE", title: "", message: "",
          isRead: false, createdAt: Timestamp(milliseconds: Int64(number)))
      }
      let store = test.daemon.context.store
      let result = try await store.perform(
        [.applyNotifications(rows, unread: nil, coverages: [:], isBacklog: false)],
        at: SystemClock.wall)
      let renderer = EventRenderer(store: store, mode: .onRead)
      var told = 0
      for event in result.events where event.kind == .notificationReceived {
        if try await renderer.shown(event, isReplayed: true) != nil { told += 1 }
      }
      #expect(told == 300)
    }
  }
}
