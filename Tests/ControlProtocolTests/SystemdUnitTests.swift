import ControlProtocol
import FonanaTestSupport
import Glibc
import Testing

@Suite struct SystemdUnitTests {
  private static let hasSystemctl = access("/usr/bin/systemctl", X_OK) == 0

  /// A variable that is empty is as good as none, here as everywhere else.
  @Test(.enabled(if: hasSystemctl, "systemctl is not installed"))
  func onlyAnotherHomeOrDaemonTakesTheServiceAway() async throws {
    try await withTemporaryHome { home in
      try home.write("", to: "systemd/private")
      let bare = ["XDG_RUNTIME_DIR": home.path]
      #expect(SystemdUnit(for: .standard, bare) != nil)
      for name in ["FONANA_HOME", "FONANA_DAEMON"] {
        #expect(SystemdUnit(for: .standard, bare.merging([name: ""]) { $1 }) != nil)
        #expect(SystemdUnit(for: .standard, bare.merging([name: "/x"]) { $1 }) == nil)
      }
    }
  }
}
