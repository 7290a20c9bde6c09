import ControlProtocol
import FonanaCore
import FoundationEssentials

/// The profiles of this machine, and how their daemons are.
struct ProfileListing: Renderable, Decodable {
  /// Of a daemon that may hang.
  private static let patience = Duration.seconds(3)

  struct Profile: Codable {
    var name: String
    var isCurrent: Bool
    var running: Bool
    @Nullable var pid: Int32?
    /// Null when the daemon does not run: nothing else knows it.
    @Nullable var nickname: String?
    @Nullable var wallet: String?
    @Nullable var connection: ConnectionStatus.State?
    /// Why a daemon that runs can't be asked.
    @Nullable var error: ErrorInfo?
  }

  var profiles: [Profile]

  /// Every folder beside the current profile's that could be a profile.
  static func find(_ context: Context) -> ProfileListing {
    ProfileListing(profiles: context.allProfiles.map { look(at: $0, context) })
  }

  private static func look(at paths: ProfilePaths, _ context: Context) -> Profile {
    var profile = Profile(
      name: paths.profile.text, isCurrent: paths.profile == context.paths.profile, running: false)
    guard case .held(let record) = LockFile.state(of: paths.lock) else { return profile }
    (profile.running, profile.pid) = (true, record?.pid)
    do throws(FonanaError) {
      let client = try DaemonLauncher(paths, environment: context.environment).client(.never)
      let status = try client.call(Calls.status, NoParameters(), patience: patience)
      (profile.nickname, profile.wallet) = (status.account.nickname, status.account.wallet)
      profile.connection = status.connection.state
    } catch {
      profile.error = ErrorInfo(error)
    }
    return profile
  }

  func text(_ style: TextStyle) -> String {
    profiles.map { "\($0.isCurrent ? "*" : " ") \($0.name)\t\($0.state)" }.joined(separator: "\n")
  }
}

extension ProfileListing.Profile {
  fileprivate var state: String {
    guard running else { return "stopped" }
    let process = "running" + (pid.map { ", pid \($0)" } ?? "")
    if let error { return "\(process), does not answer: \(DisplayText.line(error.message))" }
    let account = (nickname ?? wallet).map { DisplayText.line($0, limit: 60) } ?? "not logged in"
    return "\(process), \(account)" + (connection.map { ", \($0.rawValue)" } ?? "")
  }
}

extension Context {
  /// Before any login there is nothing to ask or to wait for.
  func requireProfiles() throws(FonanaError) {
    guard allProfiles.isEmpty else { return }
    throw FonanaError(
      .notLoggedIn, "Nobody is logged in on this machine.",
      hint: "Type: fonana login --wallet ADDRESS")
  }

  /// By name.
  var allProfiles: [ProfilePaths] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: paths.profilesFolder)) ?? []
    return names.sorted().compactMap { name in
      guard (try? ProfileName(name)) != nil else { return nil }
      return try? ProfilePaths(profile: name, environment: environment)
    }
  }
}
