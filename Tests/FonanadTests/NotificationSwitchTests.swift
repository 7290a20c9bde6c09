import ControlProtocol
import FonanaCore
import LocalStore
import Testing

@testable import fonanad

@Suite(.timeLimit(.minutes(1))) struct NotificationSwitchTests {
  @Test func aSnoozeEndsByItself() {
    let control = NotificationSwitch(NotificationPolicy())
    control.snooze(until: .seconds(100))
    #expect(!control.policy(at: .seconds(99)).isEnabled)
    #expect(control.policy(at: .seconds(100)).isEnabled)
    #expect(control.snoozeLeft(at: .seconds(40)) == .seconds(60))
    control.snooze(until: nil)
    #expect(control.policy(at: .seconds(50)).isEnabled)
  }

  @Test func ofMutesAtOnceNoneIsLost() async throws {
    try await withTestDaemon { test in
      let names = (1...8).map { "fan\($0)" }
      for name in names {
        let user = UserProfile(id: UserID("user-\(name)"), nickname: name)
        _ = try await test.daemon.context.store.perform([.noteUser(user)], at: SystemClock.wall)
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for name in names {
          group.addTask { _ = try await test.call(Calls.notify, NotifyRequest(mute: name)) }
        }
        try await group.waitForAll()
      }
      let path = test.daemon.context.paths.configurationFile
      #expect(try ConfigurationFile(path: path).values[.notificationsMute] == .texts(names))
    }
  }

  @Test func aMuteCountsAtOnceAndIsKept() async throws {
    try await withTestDaemon { test in
      await #expect(throws: FonanaError.self) {
        try await test.call(Calls.notify, NotifyRequest(mute: "@Bob"))
      }
      let bob = UserProfile(id: UserID("user-bob"), nickname: "Bob")
      _ = try await test.daemon.context.store.perform([.noteUser(bob)], at: SystemClock.wall)
      let muted = try await test.call(Calls.notify, NotifyRequest(mute: "@Bob"))
      #expect(muted.muted == ["bob"] && muted.snoozedUntil == nil && muted.shown == nil)
      let path = test.daemon.context.paths.configurationFile
      #expect(try ConfigurationFile(path: path).values[.notificationsMute] == .texts(["bob"]))
      let snoozed = try await test.call(Calls.notify, NotifyRequest(snoozeSeconds: 3600))
      #expect(snoozed.snoozedUntil != nil && snoozed.muted == ["bob"])
      let ended = try await test.call(
        Calls.notify, NotifyRequest(unmute: "bob", snoozeSeconds: 0, test: true))
      #expect(ended.muted.isEmpty && ended.snoozedUntil == nil && ended.shown == true)
      #expect(await test.popUps.next()?.title == "fonana")
      // Twice is no mistake, a name that nobody has is one.
      _ = try await test.call(Calls.notify, NotifyRequest(unmute: "bob"))
      let error = await #expect(throws: FonanaError.self) {
        try await test.call(Calls.notify, NotifyRequest(unmute: "bbo"))
      }
      #expect(error?.code == .notFound)
    }
  }
}
