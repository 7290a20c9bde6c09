import ControlProtocol
import FonanaAPI
import FonanaCore
import FonanaTestSupport
import SyncEngine
import Testing

@testable import fonanad

@Suite struct ConfigurationTests {
  private func file(_ text: String) throws(FonanaError) -> ConfigurationFile {
    try ConfigurationFile(text: text, path: "/c.toml")
  }

  private func configuration(
    _ text: String, _ environment: [String: String] = [:]
  ) throws(FonanaError) -> DaemonConfiguration {
    try DaemonConfiguration(file: try file(text), environment: environment)
  }

  @Test func withoutAFileTheDefaultsCount() throws {
    let configuration = try configuration("")
    #expect(configuration.text(.server) == "https://fonana.me")
    #expect(configuration.mode == .onRead)
    #expect(configuration.settings[.server]?.origin == .standard)
    #expect(configuration.notifications == NotificationPolicy())
  }

  @Test func environmentOverridesFileAndFileOverridesDefault() throws {
    let configuration = try configuration(
      "server = \"https://a.example\"\n[sync]\nmode = \"eager\"\n",
      ["FONANA_SERVER": "https://b.example"])
    #expect(configuration.text(.server) == "https://b.example")
    #expect(configuration.settings[.server]?.origin == .environment)
    #expect(configuration.mode == .eager)
    #expect(configuration.settings[.syncMode]?.origin == .file)
  }

  @Test(arguments: [
    ("colour = 1\n", "line 1", "colour"),
    ("# a comment\n\n[sync]\nmode = \"on-read\"\nspeed = 3\n", "line 5", "sync.speed"),
    ("[unknown]\nx = 1\n", "line 1", "unknown"),
    ("[sync]\nmode = 3\n", "line 2", "sync.mode"),
    ("[sync]\nmode = \"fast\"\n", "line 2", "sync.mode"),
    ("sync = 1\n", "line 1", "sync"),
    ("# a\r\n[sync]\r\nmode = \"oops\"\r\n", "line 3", "sync.mode"),
    ("server = \"x\n", "line 1", "TOML"),
    ("[\n", "line 1", "TOML"), ("# a\n[[ ]\n", "line 2", "TOML"),
    ("[notifications]\nmute = [\"}\", }]\n", "line 2", "}"),
    ("[dashboard]\nport = 70000\n", "line 2", "dashboard.port"),
    ("[notifications]\nmute = [\n  \"a\",\n  2,\n]\n", "line 2", "notifications.mute"),
  ])
  func aWrongFileIsRefusedWithLineAndKey(text: String, line: String, key: String) {
    let error = #expect(throws: FonanaError.self) { try configuration(text) }
    #expect(error?.code == .badConfiguration)
    #expect(error?.message.contains("/c.toml, " + line) == true)
    #expect(error?.message.contains(key) == true)
  }

  @Test(arguments: [
    ("server = \"ftp://a\"\n", "line 1"), ("# a\nwebsocket = \"http://b\"\n", "line 2"),
    ("ca_file = \"/nowhere.pem\"\n", "line 1"), ("\nproxy = \"gopher://c\"\n", "line 2"),
    ("[notifications]\nquiet_hours = \"late\"\n", "line 2"),
  ])
  func aValueWithoutMeaningIsRefusedWithFileAndLine(text: String, line: String) {
    let error = #expect(throws: FonanaError.self) {
      _ = try configuration(text).api(outboxFolder: "/o", environment: [:])
    }
    #expect(error?.code == .badConfiguration && error?.hint != nil)
    #expect(error?.message.contains("in /c.toml, \(line): ") == true, "\(error?.message ?? "")")
  }

  @Test func aValueWithoutMeaningInTheEnvironmentIsNamedToo() {
    let error = #expect(throws: FonanaError.self) {
      _ = try configuration("server = 'https://a'", ["FONANA_SERVER": "nonsense"])
        .api(outboxFolder: "/o", environment: [:])
    }
    #expect(error?.message.contains("FONANA_SERVER") == true)
  }

  @Test func hooksAreReadWithTheirDefaults() throws {
    let hooks = try configuration(
      """
      [[hook]]
      name = "archive"
      command = ["/bin/archive", "a b"]
      events = ["message.received", "message.sent"]
      full = true
      timeout_seconds = 5
      attempts = 3
      [[hook]]
      name = "away"
      command = ["away"]
      """
    ).hooks
    var archive = HookConfiguration(
      name: "archive", command: ["/bin/archive", "a b"], events: [.messageReceived, .messageSent])
    (archive.isFull, archive.timeout, archive.attempts) = (true, .seconds(5), 3)
    #expect(hooks == [archive, HookConfiguration(name: "away", command: ["away"])])
  }

  @Test(arguments: [
    ("hook = 1\n", "line 1", "[[hook]]"),
    ("[[hook]]\nname = \"a b\"\n", "line 1", "hook.name"),
    ("[[hook]]\nname = \"a\"\ncommand = \"rm -rf /\"\n", "line 1", "hook.command"),
    ("[[hook]]\nname = \"a\"\ncommand = []\n", "line 1", "hook.command"),
    ("[[hook]]\nname = \"a\"\ncommand = [\"x\"]\nevents = [\"moon\"]\n", "line 1", "hook.events"),
    ("[[hook]]\nname = \"a\"\ncommand = [\"x\"]\nshell = true\n", "line 1", "hook.shell"),
    (
      "[[hook]]\nname = \"a\"\ncommand = [\"x\"]\n\n[[hook]]\nname = \"a\"\ncommand = [\"y\"]\n",
      "line 5", "two hooks"
    ),
  ])
  func aWrongHookIsRefusedWithItsLine(text: String, line: String, key: String) {
    let error = #expect(throws: FonanaError.self) { try configuration(text) }
    #expect(error?.code == .badConfiguration)
    #expect(error?.message.contains("/c.toml, " + line) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains(key) == true, "\(error?.message ?? "")")
  }

  @Test func anUnreadableFileIsRefused() async throws {
    try await withTemporaryHome { home in
      try home.write("", to: "folder.toml/x")
      let error = #expect(throws: FonanaError.self) {
        try ConfigurationFile(path: home.path("folder.toml"))
      }
      #expect(error?.code == .badConfiguration)
    }
  }

  @Test func aWrongValueInTheEnvironmentNamesTheVariable() {
    let error = #expect(throws: FonanaError.self) {
      try configuration("", ["FONANA_SYNC_MODE": "fast"])
    }
    #expect(error?.message.contains("FONANA_SYNC_MODE") == true)
  }

  @Test(arguments: ["http://example.com", "ftp://a", "fonana.me", ""])
  func aServerWithoutTLSElsewhereIsRefused(server: String) throws {
    let configuration = try configuration("server = \"\(server)\"\n")
    #expect(throws: FonanaError.self) {
      try configuration.api(outboxFolder: "/o", environment: [:])
    }
  }

  @Test(arguments: ["http://127.0.0.1:3000", "http://localhost:1", "http://[::1]:5"])
  func loopbackMayBePlain(server: String) throws {
    let api = try configuration("server = \"\(server)\"\n").api(
      outboxFolder: "/o", environment: [:])
    #expect(api.server.isLoopback)
  }

  @Test func timeScaleNeedsLoopback() throws {
    var options = LaunchOptions()
    options.timeScale = 10
    let home = ["FONANA_HOME": "/tmp/fn-none"]
    #expect(throws: FonanaError.self) { try DaemonLaunch(options: options, environment: home) }
    let local = home.merging(["FONANA_SERVER": "http://127.0.0.1:1"]) { $1 }
    #expect(try DaemonLaunch(options: options, environment: local).engine.timeScale == 10)
  }

  @Test func aMutantNeedsLoopback() throws {
    let options = try LaunchOptions.parse(["--mutant", "no-reconcile"])
    let home = ["FONANA_HOME": "/tmp/fn-none"]
    #expect(throws: FonanaError.self) { try DaemonLaunch(options: options, environment: home) }
    let local = home.merging(["FONANA_SERVER": "http://127.0.0.1:1"]) { $1 }
    let launch = try DaemonLaunch(options: options, environment: local)
    #expect(launch.engine.mutant == .noReconcile)
  }

  @Test func mutedNamesCountWithOrWithoutAtSignInAnyCase() throws {
    let policy = try configuration("[notifications]\nmute = [\"@Alice\", \"bob\"]\n").notifications
    #expect(policy.mutes("alice") && policy.mutes("BOB") && !policy.mutes("carol"))
  }

  @Test(arguments: ["22-8", "25:00-08:00", "22:00", "aa:bb-cc:dd"])
  func quietHoursMustBeTimes(text: String) {
    #expect(throws: FonanaError.self) {
      try configuration("[notifications]\nquiet_hours = \"\(text)\"\n")
    }
  }
}
