import Glibc

/// The folders above the profiles, from an environment (docs/interface.md, Files).
struct BaseFolders: Hashable, Sendable {
  var configurationFile: String
  /// Hold a folder for each profile.
  var data: String
  var state: String
  var runtime: String

  init(environment: [String: String], user: uid_t = geteuid()) {
    if let home = environment["FONANA_HOME"], !home.isEmpty {
      let home = Self.absolute(home)
      configurationFile = home + "/config.toml"
      (data, state, runtime) = (home + "/data", home + "/state", home + "/run")
      return
    }
    let home = environment["HOME"].flatMap(Self.nonEmpty) ?? Self.homeFolder(of: user)
    func folder(_ name: String, else fallback: String) -> String {
      // The XDG rules say that a relative path is to be ignored.
      environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + fallback
    }
    let stateHome = folder("XDG_STATE_HOME", else: "/.local/state")
    configurationFile = folder("XDG_CONFIG_HOME", else: "/.config") + "/fonana/config.toml"
    data = folder("XDG_DATA_HOME", else: "/.local/share") + "/fonana"
    state = stateHome + "/fonana"
    runtime = Self.runtime(environment, user: user, stateHome: stateHome) + "/fonana"
  }

  private static func runtime(
    _ environment: [String: String], user: uid_t, stateHome: String
  ) -> String {
    [environment["XDG_RUNTIME_DIR"], "/run/user/\(user)"]
      .compactMap { $0.flatMap(nonEmpty) }
      .first { $0.hasPrefix("/") && PrivateFolder.isPrivate($0, of: user) }
      ?? stateHome + "/fonana/run"
  }

  private static func nonEmpty(_ text: String) -> String? { text.isEmpty ? nil : text }

  private static func homeFolder(of user: uid_t) -> String {
    guard let entry = getpwuid(user), let home = entry.pointee.pw_dir else { return "/" }
    return String(cString: home)
  }

  private static func absolute(_ path: String) -> String {
    let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    guard !trimmed.hasPrefix("/"), let here = getcwd(nil, 0) else { return trimmed }
    defer { free(here) }
    return String(cString: here) + "/" + trimmed
  }
}
