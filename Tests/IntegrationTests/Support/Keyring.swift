import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

/// A desk whose daemon wants its token in the keyring of a D-Bus session of its own.
struct Keyring: Sendable {
  /// What keeps a keyring from answering.
  enum Trouble: String, CaseIterable, Sendable {
    case absent, locked, stopped
  }

  static let nowhere = "unix:path=/nonexistent"
  private static let program = "/usr/bin/gnome-keyring-daemon"

  static var isThere: Bool {
    access(program, X_OK) == 0 && access("/usr/bin/secret-tool", X_OK) == 0
      && access("/usr/bin/dbus-daemon", X_OK) == 0
  }

  let desk: Desk

  func wants(_ place: String) throws {
    try desk.home.write("credentials = \"\(place)\"\n", to: "f/config.toml")
  }

  var secretFile: String {
    get throws { try desk.home.text(of: "f/state/default/credentials.json") }
  }

  /// All that fonana has written, by its path.
  var files: [String: String] {
    get throws {
      let folder = desk.home.path("f")
      return try FileManager.default.subpathsOfDirectory(atPath: folder)
        .reduce(into: [:]) { files, path in
          guard let data = try? Data(contentsOf: URL(filePath: "\(folder)/\(path)")) else { return }
          files[path] = String(decoding: data, as: UTF8.self)
        }
    }
  }

  /// What the keyring holds of fonana's.
  func token() async throws -> String {
    let tool = Program("secret-tool", environment: desk.environment)
    return try await tool.run(["lookup", "application", "fonana"]).output
  }

  static func start(_ desk: Desk, isLocked: Bool) -> (Program, [String]) {
    let options = "--foreground --components=secrets"
    let script = isLocked ? "\(program) \(options)" : "\(program) \(options) --unlock <<<word"
    return (Program("bash", environment: desk.environment), ["-c", "exec \(script)"])
  }
}

/// Nobody is logged in; `credentials = "secret-service"` is set.
func withKeyring(
  _ trouble: Keyring.Trouble? = nil,
  _ body: @escaping @Sendable (Scene, Keyring) async throws -> Void
) async throws {
  try await withScene(loggedIn: false) { scene in
    var desk = scene.desk
    mkdir(desk.home.path("run"), 0o700)
    desk.environment["XDG_RUNTIME_DIR"] = desk.home.path("run")
    desk.environment["DBUS_SESSION_BUS_ADDRESS"] = Keyring.nowhere
    let keyring = Keyring(desk: desk)
    try keyring.wants("secret-service")
    guard trouble != .absent else { return try await body(scene, keyring) }
    let bus = Program("dbus-daemon", environment: desk.environment)
    try await bus.withRunning(["--session", "--nofork", "--print-address"]) { [desk] bus in
      var desk = desk
      desk.environment["DBUS_SESSION_BUS_ADDRESS"] = try await bus.output.nextLine()
      let keyring = Keyring(desk: desk)
      let (program, arguments) = Keyring.start(desk, isLocked: trouble == .locked)
      try await program.withRunning(arguments) { running in
        try await desk.waitOnTheBus(for: "org.freedesktop.secrets")
        if trouble == .stopped { running.send(SIGSTOP) }
        try await body(scene, keyring)
      }
    }
  }
}
