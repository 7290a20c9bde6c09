import FonanaTestSupport
import FoundationEssentials
import Testing

@testable import fonana_cli

/// The units that the command writes are those of the package.
@Suite struct UnitFilesTests {
  @Test func textsAreThoseOfThePackage() throws {
    #expect(UnitFiles.service("/usr/bin/fonanad") == (try text("fonanad.service")))
    #expect(UnitFiles.socket == (try text("fonanad.socket")))
  }

  @Test func whatWasWrittenIsRemovedAndNothingElse() async throws {
    try await withTemporaryHome { home in
      let files = UnitFiles(["HOME": home.path])
      let folder = home.path(".config/systemd/user")
      try files.write(for: "/opt/my programs/fonanad")
      let service = try String(contentsOfFile: folder + "/fonanad.service", encoding: .utf8)
      #expect(service.contains("ExecStart=\"/opt/my programs/fonanad\"\n"))
      try home.write("of the user's own", to: ".config/systemd/user/fonanad.socket")
      files.remove()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["fonanad.socket"])
    }
  }

  private func text(_ name: String) throws -> String {
    try String(
      contentsOfFile: "\(Products.repository)/contrib/systemd/\(name)", encoding: .utf8)
  }
}
