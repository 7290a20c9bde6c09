import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
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
}
