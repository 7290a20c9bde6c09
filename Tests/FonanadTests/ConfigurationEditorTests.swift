import FonanaCore
import FonanaTestSupport
import Testing

@testable import fonanad

@Suite struct ConfigurationEditorTests {
  @Test(arguments: [
    ("", "[sync]\nmode = \"eager\"\n"),
    (
      "# mine\nserver = \"https://a.example\"\n",
      "# mine\nserver = \"https://a.example\"\n\n[sync]\nmode = \"eager\"\n"
    ),
    (
      "[sync]\n# why\nmode = \"on-read\"  # slow\nreconcile = \"pull\"\n",
      "[sync]\n# why\nmode = \"eager\"  # slow\nreconcile = \"pull\"\n"
    ),
    (
      "[sync]\nreconcile = \"pull\"\n\n[daemon]\nautostart = true\n",
      "[sync]\nreconcile = \"pull\"\nmode = \"eager\"\n\n[daemon]\nautostart = true\n"
    ),
  ])
  func onlyTheSettingChanges(old: String, new: String) {
    #expect(ConfigurationEditor.text(old, setting: .syncMode, to: .text("eager")) == new)
  }

  @Test func aTopLevelKeyGoesAboveTheTables() {
    let new = ConfigurationEditor.text(
      "[sync]\nmode = \"eager\"\n", setting: .server, to: .text("https://a.example"))
    #expect(new == "server = \"https://a.example\"\n[sync]\nmode = \"eager\"\n")
  }

  @Test(arguments: [
    (
      "server = \"a\"\r\nwebsocket = \"b\"\r\n# keep me\r\n[sync]\r\nmode = \"on-read\"  # slow\r\n",
      "server = \"a\"\r\nwebsocket = \"b\"\r\n# keep me\r\n[sync]\r\nmode = \"eager\"  # slow\r\n"
    ),
    ("# a\r\n[sync]\r\n", "# a\r\n[sync]\r\nmode = \"eager\"\r\n"),
    ("# a\r\nproxy = \"p\"", "# a\r\nproxy = \"p\"\r\n\r\n[sync]\r\nmode = \"eager\"\r\n"),
    ("sync.mode = \"on-read\" # x\r\n[daemon]\r\n", "sync.mode = \"eager\"  # x\r\n[daemon]\r\n"),
  ])
  func linesEndAsTheyDid(old: String, new: String) {
    #expect(ConfigurationEditor.text(old, setting: .syncMode, to: .text("eager")) == new)
  }

  /// Their table can't be opened once more.
  @Test func aTableOfDottedKeysGetsAnotherDottedKey() throws {
    let new = ConfigurationEditor.text(
      "sync.reconcile = \"pull\"\nserver = \"https://a.example\"\n[daemon]\nautostart = true\n",
      setting: .syncMode, to: .text("eager"))
    #expect(
      new == "sync.reconcile = \"pull\"\nsync.mode = \"eager\"\nserver = \"https://a.example\"\n"
        + "[daemon]\nautostart = true\n")
    #expect(try ConfigurationFile(text: new, path: "c").values[.syncMode] == .text("eager"))
  }

  @Test func aMarkBeforeTheTextIsNoKey() async throws {
    try await withTemporaryHome { home in
      let path = try home.write("\u{feff}server = \"https://a.example\"\n", to: "config.toml")
      try ConfigurationEditor(path: path).set("sync.mode", to: "eager")
      let file = try ConfigurationFile(path: path)
      #expect(file.values[.server] == .text("https://a.example"))
      #expect(file.values[.syncMode] == .text("eager"))
    }
  }

  @Test func aListOverSeveralLinesIsReplacedWhole() {
    let new = ConfigurationEditor.text(
      "[notifications]\nmute = [\n  \"a\",  # ]\n  \"b\",\n]\nenabled = true\n",
      setting: .notificationsMute, to: .texts(["c"]))
    #expect(new == "[notifications]\nmute = [\"c\"]\nenabled = true\n")
  }

  @Test(arguments: [
    ("sync.mode", "fast"), ("dashboard.port", "x"), ("nonsense", "1"),
    ("notifications.quiet_hours", "25:00-08:00"),
    ("server", "http://example.com"), ("daemon.autostart", "perhaps"),
  ])
  func aWrongValueLeavesTheFileAsItWas(key: String, value: String) async throws {
    try await withTemporaryHome { home in
      let path = try home.write("# mine\n", to: "config.toml")
      let error = #expect(throws: FonanaError.self) {
        try ConfigurationEditor(path: path).set(key, to: value)
      }
      #expect(error?.code == .invalidInput)
      #expect(try home.text(of: "config.toml") == "# mine\n")
    }
  }

  @Test(arguments: ["alice, bob", #"["alice", "bob"]"#])
  func whatWasSetIsReadBack(_ people: String) async throws {
    try await withTemporaryHome { home in
      let path = home.path("new/config.toml")
      let hostile = "/p \"q\" \\ ü"
      try ConfigurationEditor(path: path).set("ca_file", to: "")
      try ConfigurationEditor(path: path).set("notifications.mute", to: people)
      let file = try ConfigurationFile(path: path)
      #expect(file.values[.notificationsMute] == .texts(["alice", "bob"]))
      let text = ConfigurationEditor.text("", setting: .caFile, to: .text(hostile))
      #expect(try ConfigurationFile(text: text, path: path).values[.caFile] == .text(hostile))
    }
  }
}
