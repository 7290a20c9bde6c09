import FonanaServer
import FonanaTestSupport
import FoundationEssentials
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

    private func withService(
      _ desk: Desk, _ body: (Desk, RunningProgram) async throws -> Void
    ) async throws {
      let bus = Program("dbus-daemon", environment: desk.environment)
      try await bus.withRunning(["--session", "--nofork", "--print-address"]) { running in
        var desk = desk
        desk.environment["DBUS_SESSION_BUS_ADDRESS"] = try await running.output.nextLine()
        desk.environment["FONANA_NOTIFICATIONS"] = "true"
        desk.environment["PYTHONUNBUFFERED"] = "1"
        let mock = Program(Self.python, environment: desk.environment)
        try await mock.withRunning(["-m", "dbusmock", "--template", "notification_daemon"]) {
          service in
          try await untilOnTheBus(desk)
          try await body(desk, service)
        }
      }
    }

    /// `dbus-send` waits for an answer, and fails until somebody has the name.
    private func untilOnTheBus(_ desk: Desk) async throws {
      let ask = Program("dbus-send", environment: desk.environment)
      let question = [
        "--session", "--print-reply", "--dest=org.freedesktop.Notifications",
        "/org/freedesktop/Notifications", "org.freedesktop.Notifications.GetCapabilities",
      ]
      for _ in 0..<200 where try await ask.run(question).status != 0 {
        try await Task.sleep(for: .milliseconds(50))
      }
    }
  }
}
