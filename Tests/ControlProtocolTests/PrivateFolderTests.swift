import ControlProtocol
import FonanaCore
import FonanaTestSupport
import Glibc
import Testing

@Suite struct PrivateFolderTests {
  @Test func foldersAreMadeForUsAlone() async throws {
    try await withTemporaryHome { home in
      let paths = try ProfilePaths(environment: ["FONANA_HOME": home.path("new")])
      try paths.prepareFolders()
      for folder in [paths.dataFolder, paths.stateFolder, paths.runtimeFolder, home.path("new")] {
        #expect(PrivateFolder.isPrivate(folder, of: geteuid()), "\(folder)")
      }
    }
  }

  enum Layout: CaseIterable { case link, file, writableByOthers, foreign }

  @Test(arguments: Layout.allCases)
  func whatOthersCouldChangeIsRefused(_ layout: Layout) async throws {
    try await withTemporaryHome { home in
      let path = home.path("data")
      switch layout {
      case .link:
        mkdir(home.path("real"), 0o700)
        symlink(home.path("real"), path)
      case .file: _ = try home.write("", to: "data")
      case .writableByOthers:
        mkdir(path, 0o700)
        chmod(path, 0o777)
      case .foreign:
        mkdir(path, 0o700)
        guard chown(path, 65_534, 65_534) == 0 else { return }
      }
      let error = #expect(throws: FonanaError.self) { try PrivateFolder.prepare(path) }
      #expect(error?.code == .badConfiguration)
    }
  }

  @Test func readableFolderOfOursBecomesPrivate() async throws {
    try await withTemporaryHome { home in
      mkdir(home.path("data"), 0o755)
      try PrivateFolder.prepare(home.path("data"))
      #expect(PrivateFolder.isPrivate(home.path("data"), of: geteuid()))
    }
  }
}
