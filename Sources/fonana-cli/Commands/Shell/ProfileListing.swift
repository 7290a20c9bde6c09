import ControlProtocol
import FonanaCore
import FoundationEssentials

struct ProfileListing: Renderable {
  struct Profile: Encodable {
    var name: String
    var isCurrent: Bool
    var running: Bool
    @Nullable var pid: Int32?
  }

  var profiles: [Profile]

  /// Every folder beside the current profile's that could be a profile.
  static func find(_ context: Context) throws(FonanaError) -> ProfileListing {
    let folder = context.paths.profilesFolder
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let profiles = names.sorted().compactMap { name -> Profile? in
      guard (try? ProfileName(name)) != nil,
        let paths = try? ProfilePaths(profile: name, environment: context.environment)
      else { return nil }
      let (isRunning, pid) = state(LockFile.state(of: paths.lock))
      return Profile(
        name: name, isCurrent: paths.profile == context.paths.profile, running: isRunning,
        pid: pid)
    }
    return ProfileListing(profiles: profiles)
  }

  private static func state(_ lock: LockFile.State) -> (Bool, Int32?) {
    switch lock {
    case .free: (false, nil)
    case .held(let record): (true, record?.pid)
    }
  }

  func text(_ style: TextStyle) -> String {
    profiles.map { profile in
      let state = profile.running ? "running\(profile.pid.map { ", pid \($0)" } ?? "")" : "stopped"
      return "\(profile.isCurrent ? "*" : " ") \(profile.name)\t\(state)"
    }.joined(separator: "\n")
  }
}
