import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

extension RealBinaries {
  /// A `notify-send` that does not what it should, and none at all.
  @Suite struct NotifyProgramTests {
    /// It never ends, not even when it is told to.
    private static let hanging = """
      #!/bin/sh
      [ "$1" != --help ] || exit 0
      echo $$ >"$HOME/started"
      trap '' TERM
      exec sleep 1000

      """

    /// While it hangs, everything else is done: in one of three pop-ups at the latest, since the
    /// program is given up after a few seconds, in which a slow machine may do nothing.
    @Test func aHangingNotifySendDelaysNothing() async throws {
      try await withScene { scene in
        let desk = try desk(scene, notifySend: Self.hanging)
        try await desk.withDaemon { _ in
          try await desk.waitUntil("synced")
          try await desk.withWatch { watch in
            var hasAnswered = false
            for number in 1...3 where !hasAnswered {
              scene.bobWrites("calls \(number)", push: true)
              let program = try await started(desk)
              scene.bobWrites("later \(number)", push: true)
              let mark = #""content":"later \#(number)""#
              let seen = try await watch.output.nextLine(containing: mark)
              #expect(seen != nil, "\(watch.errors.text)")
              let sent = try await desk.fonana("send", "@bob", "number \(number)", "--wait")
              #expect(sent.status == 0, "\(sent)")
              hasAnswered = kill(program, 0) == 0
            }
            #expect(hasAnswered)
          }
          // The daemon ends in order nevertheless, which `withDaemon` expects.
        }
      }
    }

    @Test func aMissingNotifySendIsAWarningAndNoError() async throws {
      try await withScene { scene in
        var desk = try desk(scene, notifySend: nil)
        desk.environment["PATH"] = desk.home.path("bin")
        try await desk.withDaemon { daemon in
          try await desk.waitUntil("synced")
          scene.bobWrites("hello", push: true)
          let line = try #require(
            try await daemon.errors.nextLine(containing: "Desktop notifications can't be shown"))
          #expect(line.contains("warning"), "\(line)")
          let read = try await desk.json(ReadDocument.self, "read", "@bob")
          #expect(read.messages.last?.content == "hello")
          let doctor = try await desk.json(DoctorDocument.self, "doctor", "--offline")
          #expect(doctor["desktop"]?.status == "warn")
          let logged = try await desk.fonana("logs", "--json", "-n", "1000")
          #expect(logged.output.contains(#""level":"warning""#))
          #expect(!logged.output.contains(#""level":"error""#), "\(logged)")
        }
      }
    }

    private func desk(_ scene: Scene, notifySend: String?) throws -> Desk {
      var desk = scene.desk
      try #require(mkfifo(desk.home.path("started"), 0o600) == 0)
      mkdir(desk.home.path("bin"), 0o700)
      if let notifySend {
        chmod(try desk.home.write(notifySend, to: "bin/notify-send"), 0o700)
      }
      desk.environment["PATH"] = "\(desk.home.path("bin")):/usr/bin:/bin"
      desk.environment["FONANA_NOTIFICATIONS"] = "true"
      return desk
    }

    /// The number of the process that waits to be read.
    private func started(_ desk: Desk) async throws -> pid_t {
      let told = try await Program("/bin/cat").run([desk.home.path("started")])
      return try #require(pid_t(told.output.prefix { $0.isNumber }), "\(told)")
    }
  }
}
