import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

extension RealBinaries {
  /// Pop-ups at a notification service of a private D-Bus session.
  @Suite struct NotificationTests {
    private static let python = "/usr/bin/python3"
    private static let hasService = FileManager.default.fileExists(
      atPath: "/usr/lib/python3/dist-packages/dbusmock")

    @Test(.enabled(if: hasService, "python3-dbusmock is installed by \"make deps\""))
    func aRealServiceGetsReplacedEscapedAndClosedPopUps() async throws {
      try await withScene { scene in
        try await withService(scene.desk) { desk, service in
          try await desk.withDaemon { _ in
            try await desk.waitUntil("synced")
            scene.bobWrites("<b>one</b>", push: true)
            let first = try #require(
              try await service.output.nextLine(containing: "Notify \"fonana\""))
            #expect(first.contains("&lt;b&gt;one&lt;/b&gt;"), "\(first)")
            #expect(first.contains("Notify \"fonana\" 0 "), "\(first)")
            scene.bobWrites("two", push: true)
            let second = try #require(
              try await service.output.nextLine(containing: "Notify \"fonana\""))
            #expect(second.contains("two") && !second.contains("Notify \"fonana\" 0 "), "\(second)")
            let read = try await desk.fonana("read", "@bob")
            #expect(read.status == 0, "\(read)")
            let closed = try await service.output.nextLine(containing: "CloseNotification")
            #expect(closed != nil)
          }
        }
      }
    }

    /// A pop-up is answered and marked read by what a person chooses on it.
    @Test(.enabled(if: hasService, "python3-dbusmock is installed by \"make deps\""))
    func aPopUpIsAnsweredAndMarkedReadByAChoice() async throws {
      try await withScene { scene in
        let dialog = try scene.desk.home.write(
          "#!/bin/sh\necho \"$2\" >\"$HOME/asked\"\necho 'On my way'\n", to: "zenity")
        chmod(dialog, 0o755)
        var desk = scene.desk
        desk.environment["PATH"] = "\(desk.home.path):" + (desk.environment["PATH"] ?? "")
        try await withService(desk, abilities: "actions body") { desk, service in
          try await desk.withDaemon { _ in
            try await desk.waitUntil("synced")
            scene.bobWrites("Where are you?", push: true)
            let first = try #require(
              try await service.output.nextLine(containing: "Notify \"fonana\""))
            #expect(first.contains("Reply") && first.contains("Mark read"), "\(first)")
            try await choose("reply", 1, desk)
            try await scene.aliceHasSent(1)
            #expect(scene.textsFromAlice == ["On my way"])
            let title = try desk.home.text(of: "asked")
            #expect(title == "--title=Reply to bob\n")
            scene.bobWrites("Good", push: true)
            let second = try #require(
              try await service.output.nextLine(containing: "Notify \"fonana\""))
            // In the place of the first, when that had not been taken away yet.
            try await choose("read", second.contains("Notify \"fonana\" 1 ") ? 1 : 2, desk)
            let (conversation, alice) = (scene.conversation, scene.alice.id)
            try await scene.world.wait { $0.unreadCount(in: conversation, of: alice) == 0 }
            try await desk.waitUntil("drained")
          }
        }
      }
    }

    @Test(.enabled(if: hasService, "python3-dbusmock is installed by \"make deps\""))
    func aPopUpGoesWhenItsMessageWasReadElsewhere() async throws {
      try await withScene { scene in
        try await withService(scene.desk) { desk, service in
          try await desk.withDaemon { _ in
            try await desk.waitUntil("synced")
            scene.bobWrites("seen on the phone", push: true)
            _ = try #require(try await service.output.nextLine(containing: "Notify \"fonana\""))
            scene.world.markRead(scene.conversation, by: scene.alice.id)
            // The next list tells of it.
            try await scene.server.stopListening()
            try await scene.server.startListening()
            #expect(try await service.output.nextLine(containing: "CloseNotification") != nil)
          }
        }
      }
    }

    @Test func aSnoozeOutlivesTheDaemon() async throws {
      try await withScene { scene in
        struct Answer: Decodable { let snoozedUntil: String? }
        var ends: [String?] = []
        try await scene.desk.withDaemon { _ in
          ends.append(try await scene.desk.json(Answer.self, "notify", "snooze", "2h").snoozedUntil)
        }
        try await scene.desk.withDaemon { _ in
          let kept = try await scene.desk.json(Answer.self, "notify", "mute", "bob").snoozedUntil
          #expect(kept != nil && kept?.prefix(15) == ends[0]?.prefix(15), "\(ends)")
          let ended = try await scene.desk.json(Answer.self, "notify", "snooze", "0s").snoozedUntil
          #expect(ended == nil)
        }
        try await scene.desk.withDaemon { _ in
          let after = try await scene.desk.json(Answer.self, "notify", "mute", "bob").snoozedUntil
          #expect(after == nil)
        }
      }
    }

    @Test func mutingSomebodyKeepsWhomTheFileMutes() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          _ = try await scene.desk.fonana("config", "set", "notifications.mute", "carol,dora")
          let muted = try await scene.desk.fonana("notify", "mute", "bob")
          #expect(muted.status == 0, "\(muted)")
          let kept = try await scene.desk.fonana("config", "get", "notifications.mute")
          #expect(["bob", "carol", "dora"].allSatisfy(kept.output.contains), "\(kept)")
        }
      }
    }

    /// As a person does who clicks on the pop-up with that number.
    private func choose(_ action: String, _ number: Int, _ desk: Desk) async throws {
      let script = """
        import dbus
        service = dbus.SessionBus().get_object("org.freedesktop.Notifications",
                                               "/org/freedesktop/Notifications")
        signals = dbus.Interface(service, "org.freedesktop.DBus.Mock")
        for name, last in (("ActionInvoked", "\(action)"), ("NotificationClosed", dbus.UInt32(2))):
            signals.EmitSignal("org.freedesktop.Notifications", name,
                               "us" if name == "ActionInvoked" else "uu",
                               [dbus.UInt32(\(number)), last])
        """
      let told = try await Program(Self.python, environment: desk.environment).run(["-c", script])
      try #require(told.status == 0, "\(told)")
    }

    private func withService(
      _ desk: Desk, abilities: String = "body body-markup",
      _ body: (Desk, RunningProgram) async throws -> Void
    ) async throws {
      let bus = Program("dbus-daemon", environment: desk.environment)
      try await bus.withRunning(["--session", "--nofork", "--print-address"]) { running in
        var desk = desk
        desk.environment["DBUS_SESSION_BUS_ADDRESS"] = try await running.output.nextLine()
        desk.environment["FONANA_NOTIFICATIONS"] = "true"
        desk.environment["PYTHONUNBUFFERED"] = "1"
        let mock = Program(Self.python, environment: desk.environment)
        try await mock.withRunning([
          "-m", "dbusmock", "--template", "notification_daemon",
          "--parameters", #"{"capabilities": "\#(abilities)"}"#,
        ]) { service in
          try await desk.waitOnTheBus(for: "org.freedesktop.Notifications")
          try await body(desk, service)
        }
      }
    }
  }
}
