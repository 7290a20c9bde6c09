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

  @Test func aListOverSeveralLinesIsReplacedWhole() {
    let new = ConfigurationEditor.text(
      "[notifications]\nmute = [\n  \"a\",  # ]\n  \"b\",\n]\nenabled = true\n",
      setting: .notificationsMute, to: .texts(["c"]))
    #expect(new == "[notifications]\nmute = [\"c\"]\nenabled = true\n")
  }

  @Test(arguments: [
    ("sync.mode", "fast"), ("dashboard.port", "x"), ("nonsense", "1"),
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

  @Test func whatWasSetIsReadBack() async throws {
    try await withTemporaryHome { home in
      let path = home.path("new/config.toml")
      let hostile = "/p \"q\" \\ ü"
      try ConfigurationEditor(path: path).set("ca_file", to: "")
      try ConfigurationEditor(path: path).set("notifications.mute", to: "alice, bob")
      let file = try ConfigurationFile(path: path)
      #expect(file.values[.notificationsMute] == .texts(["alice", "bob"]))
      let text = ConfigurationEditor.text("", setting: .caFile, to: .text(hostile))
      #expect(try ConfigurationFile(text: text, path: path).values[.caFile] == .text(hostile))
    }
  }
}
