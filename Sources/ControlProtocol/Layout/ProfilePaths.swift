package import FonanaCore

/// Every file of a profile. Both binaries ask here (docs/interface.md, Files).
package struct ProfilePaths: Hashable, Sendable {
  package let profile: ProfileName
  private let base: BaseFolders

  /// `profile` nil: `FONANA_PROFILE`, else `default`.
  package init(
    profile: String? = nil, environment: [String: String]
  ) throws(FonanaError) {
    let named = profile ?? environment["FONANA_PROFILE"].flatMap { $0.isEmpty ? nil : $0 }
    self.profile = if let named { try ProfileName(named) } else { .standard }
    base = BaseFolders(environment: environment)
  }

  package var configurationFile: String { base.configurationFile }

  package var dataFolder: String { "\(base.data)/\(profile)" }
  package var store: String { dataFolder + "/fonana.sqlite" }
  /// Held by the daemon while it runs.
  package var lock: String { dataFolder + "/fonanad.lock" }
  /// Held by a command while it starts the daemon.
  package var startLock: String { dataFolder + "/start.lock" }
  /// Images that wait to be sent.
  package var outboxFolder: String { dataFolder + "/outbox" }

  package var stateFolder: String { "\(base.state)/\(profile)" }
  package var credentials: String { stateFolder + "/credentials.json" }
  package var log: String { stateFolder + "/fonanad.log" }
  /// What the daemon said on stderr at its last start by a command, until it served.
  package var startLog: String { stateFolder + "/start.log" }

  package var runtimeFolder: String { "\(base.runtime)/\(profile)" }
  package var socket: String { runtimeFolder + "/fonanad.sock" }

  /// Holds a folder for each profile that was ever used.
  package var profilesFolder: String { base.data }

  /// What `sun_path` takes, without its final zero.
  package static let longestSocketPath = 107

  /// `socket`, when the system can take it.
  package func validatedSocket() throws(FonanaError) -> String {
    let length = socket.utf8.count
    guard length <= Self.longestSocketPath else {
      throw FonanaError(
        .badConfiguration,
        "The socket's path has \(length) bytes, the system allows \(Self.longestSocketPath): "
          + socket,
        hint: "Set XDG_RUNTIME_DIR (or FONANA_HOME) to a folder with a shorter name.")
    }
    return socket
  }

  /// Makes the folders of this profile, all 0700, and refuses those that others could write.
  package func prepareFolders() throws(FonanaError) {
    for folder in [dataFolder, stateFolder, runtimeFolder, outboxFolder] {
      try PrivateFolder.prepare(folder)
    }
  }
}
