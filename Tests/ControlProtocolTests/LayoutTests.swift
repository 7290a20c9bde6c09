import ControlProtocol
import FonanaCore
import FonanaTestSupport
import Glibc
import Testing

@Suite struct LayoutTests {
  private func paths(_ environment: [String: String]) throws -> ProfilePaths {
    try ProfilePaths(environment: environment)
  }

  @Test func ownHomeHoldsEverything() throws {
    let paths = try paths(["FONANA_HOME": "/x/"])
    #expect(paths.configurationFile == "/x/config.toml")
    #expect(paths.store == "/x/data/default/fonana.sqlite")
    #expect(paths.lock == "/x/data/default/fonanad.lock")
    #expect(paths.outboxFolder == "/x/data/default/outbox")
    #expect(paths.credentials == "/x/state/default/credentials.json")
    #expect(paths.log == "/x/state/default/fonanad.log")
    #expect(paths.socket == "/x/run/default/fonanad.sock")
  }

  @Test func standardFoldersOfXDGCount() throws {
    let paths = try paths([
      "HOME": "/h", "XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d", "XDG_STATE_HOME": "/s",
    ])
    #expect(paths.configurationFile == "/c/fonana/config.toml")
    #expect(paths.store == "/d/fonana/default/fonana.sqlite")
    #expect(paths.log == "/s/fonana/default/fonanad.log")
  }

  @Test func withoutXDGTheHomeFolderCounts() throws {
    let paths = try paths(["HOME": "/h", "XDG_DATA_HOME": "relative/is/ignored"])
    #expect(paths.configurationFile == "/h/.config/fonana/config.toml")
    #expect(paths.store == "/h/.local/share/fonana/default/fonana.sqlite")
    #expect(paths.log == "/h/.local/state/fonana/default/fonanad.log")
  }

  @Test func optionBeatsEnvironment() throws {
    let environment = ["FONANA_HOME": "/x", "FONANA_PROFILE": "work"]
    #expect(try paths(environment).profile.text == "work")
    #expect(try ProfilePaths(profile: "play", environment: environment).profile.text == "play")
  }

  @Test(arguments: [0o700, 0o755, 0o777])
  func runtimeFolderMustBePrivate(_ mode: mode_t) async throws {
    try await withTemporaryHome { home in
      let runtime = home.path("run")
      mkdir(runtime, 0o700)
      chmod(runtime, mode)
      let paths = try paths(["XDG_RUNTIME_DIR": runtime, "XDG_STATE_HOME": home.path("state")])
      #expect((paths.socket == runtime + "/fonana/default/fonanad.sock") == (mode == 0o700))
    }
  }

  @Test func runtimeFolderMayBeNoLink() async throws {
    try await withTemporaryHome { home in
      mkdir(home.path("real"), 0o700)
      symlink(home.path("real"), home.path("link"))
      let paths = try paths(["XDG_RUNTIME_DIR": home.path("link")])
      #expect(!paths.socket.hasPrefix(home.path("link")))
    }
  }

  @Test(arguments: ["", "../x", "a/b", ".hidden", "-x", "a b", String(repeating: "x", count: 33)])
  func profileCantLeaveItsFolder(_ name: String) {
    let error = #expect(throws: FonanaError.self) {
      try ProfilePaths(profile: name, environment: ["FONANA_HOME": "/x"])
    }
    #expect(error?.code == .invalidInput)
  }

  @Test func socketPathOf108BytesIsRefused() throws {
    let rest = "/run/default/fonanad.sock".utf8.count
    let longest = "/" + String(repeating: "x", count: 107 - rest - 1)
    #expect(try paths(["FONANA_HOME": longest]).validatedSocket().utf8.count == 107)
    let error = #expect(throws: FonanaError.self) {
      try paths(["FONANA_HOME": longest + "x"]).validatedSocket()
    }
    #expect(error?.code == .badConfiguration)
    #expect(error?.hint != nil)
  }
}
