import ControlProtocol
import FonanaCore
import FonanaTestSupport
import Glibc
import Testing

@Suite struct UnixListenerTests {
  @Test func socketIsForUsAlone() async throws {
    try await withTemporaryHome { home in
      let listener = try UnixListener(path: home.path("s"))
      var status = stat()
      #expect(lstat(home.path("s"), &status) == 0)
      #expect(status.st_mode & 0o777 == 0o600)
      listener.shutDown()
      #expect(lstat(home.path("s"), &status) != 0)
    }
  }

  @Test func leftSocketIsReplaced() async throws {
    try await withTemporaryHome { home in
      let first = try UnixListener(path: home.path("s"))
      let second = try UnixListener(path: home.path("s"))
      withExtendedLifetime((first, second)) {}
    }
  }

  @Test func fileInItsPlaceSurvives() async throws {
    try await withTemporaryHome { home in
      let path = try home.write("precious", to: "s")
      #expect(throws: FonanaError.self) { try UnixListener(path: path) }
      #expect(try home.text(of: "s") == "precious")
    }
  }

  /// A process of another user serves the socket: nothing is said to it.
  @Test(.enabled(if: geteuid() == 0, "needs root, to become another user"))
  func daemonOfAnotherUserIsRefused() async throws {
    try await withTemporaryHome { home in
      chmod(home.path, 0o777)
      let script = """
        socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, sockaddr_un($ARGV[0])) or die;
        listen(S, 1); syswrite(STDOUT, "r"); accept(C, S); sysread(C, $x, 1);
        """
      var ends: [Int32] = [0, 0]
      #expect(pipe(&ends) == 0)
      let reader = OwnedDescriptor(owning: ends[0])
      let child = try ChildProcess(
        "/usr/bin/setpriv",
        ["--reuid=65534", "--clear-groups", "perl", "-MSocket", "-e", script, home.path("s")],
        environment: ["PATH": "/usr/bin:/bin"], output: .descriptor(ends[1]))
      close(ends[1])
      var byte: UInt8 = 0
      #expect(read(reader.number, &byte, 1) == 1)
      let error = #expect(throws: FonanaError.self) {
        try ControlClient.connect(to: home.path("s"))
      }
      #expect(error?.code == .refused)
      kill(child.pid, SIGKILL)
      _ = child.waitForExit()
    }
  }
}
