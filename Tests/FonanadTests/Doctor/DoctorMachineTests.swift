import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import Glibc
import SyncEngine
import Testing

@testable import fonanad

/// What the doctor says of the machine (programs, systemd, versions) and of pushes.
@Suite(.timeLimit(.minutes(2))) struct DoctorMachineTests {
  /// A machine whose only programs are those of the test.
  private struct Machine {
    let home: TemporaryHome

    /// `name` ends with `code`, after saying `word`.
    func install(_ name: String, saying word: String = "", code: Int32 = 0) throws {
      let path = try home.write("#!/bin/sh\necho \(word)\nexit \(code)\n", to: "bin/\(name)")
      #expect(chmod(path, 0o700) == 0)
    }

    func finding(
      of check: any DoctorCheck, _ change: [String: String] = [:], profile: String? = nil
    ) async throws -> DoctorFinding {
      let environment = ["HOME": home.path, "PATH": home.path("bin")].merging(change) { $1 }
      var options = LaunchOptions()
      options.profile = profile
      var facts = DoctorFacts()
      return await check.run(try DoctorBench(options, environment), &facts)
    }
  }

  private func withMachine(_ body: @Sendable (Machine) async throws -> Void) async throws {
    try await withTemporaryHome { try await body(Machine(home: $0)) }
  }

  @Test func whatKeepsPopUpsAwayIsNamed() async throws {
    try await withMachine { machine in
      let off = try await machine.finding(of: DesktopCheck(), ["FONANA_NOTIFICATIONS": "false"])
      #expect(off.status == .skip && off.detail.contains("notifications.enabled"))
      let bare = try await machine.finding(of: DesktopCheck())
      #expect(bare.status == .warn && bare.detail == "notify-send is not installed")
      try machine.install("notify-send")
      let busless = try await machine.finding(of: DesktopCheck())
      #expect(busless.status == .warn && busless.detail.contains("no D-Bus session"))
      let bus = ["DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"]
      #expect(try await machine.finding(of: DesktopCheck(), bus).status == .ok)
      try machine.install("busctl", code: 1)
      let nobody = try await machine.finding(of: DesktopCheck(), bus)
      #expect(nobody.status == .warn && nobody.detail.contains("nobody has the name"))
      try machine.install("busctl")
      let well = try await machine.finding(of: DesktopCheck(), bus)
      #expect(well.status == .ok && well.detail.contains("answers"))
    }
  }

  @Test func whyThereIsNoUnitIsSaid() async throws {
    try await withMachine { machine in
      let work = try await machine.finding(of: SystemdCheck(), profile: "work")
      #expect(work.status == .skip && work.detail.contains("only the default profile"))
      let moved = try await machine.finding(of: SystemdCheck(), ["FONANA_HOME": machine.home.path])
      #expect(moved.status == .skip && moved.detail.contains("FONANA_HOME"))
      let none = try await machine.finding(of: SystemdCheck())
      #expect(none.status == .skip && none.detail.contains("no systemd"))
    }
  }

  @Test func theUnitIsAskedFor() async throws {
    try await withMachine { machine in
      let runtime = ["XDG_RUNTIME_DIR": machine.home.path("run")]
      try machine.home.write("", to: "run/systemd/private")
      let silent = try await machine.finding(of: SystemdCheck(), runtime)
      #expect(silent.status == .skip && silent.detail.contains("no answer"))
      try machine.install("systemctl", saying: "enabled")
      let enabled = try await machine.finding(of: SystemdCheck(), runtime)
      #expect(enabled.status == .ok && enabled.detail == "“enabled”")
      #expect(enabled.tried == "systemctl --user is-enabled fonanad.service")
      try machine.install("systemctl", saying: "disabled", code: 1)
      let unused = try await machine.finding(of: SystemdCheck(), runtime)
      #expect(unused.status == .ok && unused.detail.contains("not used"))
    }
  }

  @Test func aCommandOfAnotherVersionIsNamed() async throws {
    try await withPatient { test in
      let request = DoctorRequest(offline: true, clientVersion: "0.0.9")
      let old = try await line(.daemon, of: test.call(Calls.doctor, request))
      #expect(old.status == .warn && old.detail.contains("the command is version 0.0.9"))
      #expect(old.hint?.contains("fonana daemon restart") == true)
      let same = DoctorRequest(offline: true, clientVersion: BuildInfo.version)
      #expect(try await line(.daemon, of: test.call(Calls.doctor, same)).status == .ok)
    }
  }

  @Test func aPushThatWasSeenIsToldFromNone() async throws {
    var options = TestDaemonOptions()
    options.server.pushesMessages = true
    try await withPatient(options) { test in
      let request = DoctorRequest(offline: true)
      let before = try await line(.push, of: test.call(Calls.doctor, request))
      #expect(before.status == .ok && before.detail.contains("no message was pushed"))
      let me = try #require(test.world.user(wallet: TestDaemon.wallet))
      let bob = test.world.makeUser(nickname: "bob")
      while !test.daemon.context.engine.status.isPushSeen {
        try Task.checkCancellation()
        test.world.send(from: bob.id, to: me.id, "hello")
        _ = try await test.call(Calls.status, NoParameters())
      }
      let after = try await line(.push, of: test.call(Calls.doctor, request))
      #expect(
        after.status == .ok && after.detail.hasPrefix("this server pushes messages, the last"))
    }
  }

  private func line(_ link: DoctorLink, of report: DoctorReport) throws -> DoctorLine {
    try #require(report.checks.first { $0.id == link.rawValue })
  }
}
