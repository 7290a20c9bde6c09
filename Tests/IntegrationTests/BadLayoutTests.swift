import FonanaTestSupport
import Glibc
import Testing

extension RealBinaries {
  /// Ten ways in which a folder of the daemon's can be somebody else's. It refuses each, says which
  /// and why, and touches nothing.
  @Suite(.enabled(if: geteuid() == 0, "only root can give a folder away"))
  struct BadLayoutTests {
    struct Layout: Sendable, CustomStringConvertible {
      let folder: String
      let flaw: Flaw

      var description: String { "\(folder) \(flaw)" }
    }

    enum Flaw: Sendable {
      case isLink, isFile, isForeign, isOpenToGroup, isOpenToAll

      var words: String {
        switch self {
        case .isLink: "is a symbolic link"
        case .isFile: "is not a folder"
        case .isForeign: "belongs to another user"
        case .isOpenToGroup, .isOpenToAll: "can be written by others"
        }
      }
    }

    static let layouts: [Layout] = [
      Layout(folder: "data", flaw: .isLink), Layout(folder: "data", flaw: .isFile),
      Layout(folder: "data", flaw: .isForeign), Layout(folder: "data", flaw: .isOpenToGroup),
      Layout(folder: "state", flaw: .isLink), Layout(folder: "state", flaw: .isForeign),
      Layout(folder: "state", flaw: .isOpenToAll), Layout(folder: "run", flaw: .isLink),
      Layout(folder: "run", flaw: .isForeign), Layout(folder: "run", flaw: .isOpenToAll),
    ]

    @Test(arguments: layouts)
    func aFolderThatIsNotOursAloneIsRefused(layout: Layout) async throws {
      try await withTemporaryHome { home in
        let desk = Desk(home, server: "http://127.0.0.1:9")
        let path = home.path("f/\(layout.folder)/default")
        try await make(layout.flaw, at: path, desk)
        let daemon = try await desk.daemon.run([])
        #expect(daemon.status == 78, "\(daemon)")
        #expect(daemon.errors.contains("\(path) \(layout.flaw.words)"), "\(daemon)")
        #expect(daemon.errors.contains("hint: "), "\(daemon)")
        let found = try await Program("find", environment: desk.environment)
          .run([home.path, "(", "-type", "f", "-o", "-type", "s", ")", "-not", "-path", path])
        #expect(found.output.isEmpty, "made in spite of it: \(found.output)")
      }
    }

    private func make(_ flaw: Flaw, at path: String, _ desk: Desk) async throws {
      let tool = Program("mkdir", environment: desk.environment)
      let folders = ["f/data", "f/state", "f/run", "elsewhere"].map(desk.home.path)
      try #require(try await tool.run(["-p", "-m", "0700", path] + folders).status == 0)
      switch flaw {
      case .isForeign: try #require(chown(path, 65_534, 65_534) == 0)
      case .isOpenToGroup: try #require(chmod(path, 0o720) == 0)
      case .isOpenToAll: try #require(chmod(path, 0o702) == 0)
      case .isLink:
        rmdir(path)
        try #require(symlink(desk.home.path("elsewhere"), path) == 0)
      case .isFile:
        rmdir(path)
        let file = open(path, O_CREAT | O_WRONLY, 0o600)
        try #require(file >= 0)
        close(file)
      }
    }
  }
}
