import FonanaTestSupport
import Glibc
import Testing

extension RealBinaries {
  /// `install.sh` of the archive, with a daemon that starts, and one that does not.
  @Suite struct InstallTests {
    @Test func aMissingLibraryIsSaidWithItsPackage() async throws {
      let result = try await install(
        daemon: """
          echo "fonanad: error while loading shared libraries: libsqlite3.so.0: cannot open" >&2
          exit 127
          """)
      #expect(result.status == 1, "\(result)")
      #expect(result.errors.contains("fonanad does not start"), "\(result)")
      #expect(result.errors.contains("sudo apt install libsqlite3-0\n"), "\(result)")
    }

    @Test func aDaemonThatStartsIsInstalledWithoutAWord() async throws {
      let result = try await install(daemon: #"[ "$1" = --version ]"#)
      #expect(result.status == 0 && result.errors.isEmpty, "\(result)")
      #expect(result.output.contains("installed below"), "\(result)")
    }

    private func install(daemon script: String) async throws -> ProgramResult {
      try await withTemporaryHome { home in
        let program = try home.write("#!/bin/sh\n\(script)\n", to: "archive/files/bin/fonanad")
        chmod(program, 0o755)
        try home.write("[Service]\n", to: "archive/files/share/systemd/user/fonanad.service")
        let installer = try home.write(
          try TemporaryHome.text(at: "\(Products.repository)/contrib/install.sh"),
          to: "archive/install.sh")
        let shell = Program("sh", environment: ["PATH": "/usr/bin:/bin", "HOME": home.path])
        return try await shell.run([installer, "--prefix", home.path("prefix")])
      }
    }
  }
}
