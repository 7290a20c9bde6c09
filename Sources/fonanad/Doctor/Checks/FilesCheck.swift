import ControlProtocol
import FonanaCore
import Glibc

/// Do folders and files belong to us, and to nobody else? Is there space?
struct FilesCheck: DoctorCheck {
  private static let scarce: UInt64 = 64 << 20

  let link = DoctorLink.files
  let title = "Folders and files"
  let isOnline = false

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    let paths = bench.paths
    let folders = [paths.dataFolder, paths.stateFolder, paths.runtimeFolder, paths.outboxFolder]
    let files = [
      paths.store, paths.store + "-wal", paths.store + "-shm", paths.lock, paths.credentials,
      paths.log,
    ]
    let tried = [paths.dataFolder, paths.stateFolder, paths.runtimeFolder].joined(separator: ", ")
    for (path, isFolder) in folders.map({ ($0, true) }) + files.map({ ($0, false) }) {
      guard let problem = Self.problem(with: path, isFolder: isFolder) else { continue }
      return .fail("\(path) \(problem.what)", tried: tried, hint: problem.hint)
    }
    guard let free = Self.freeBytes(paths.dataFolder) else {
      return .ok("nothing has been made yet", tried: tried)
    }
    guard free > Self.scarce else {
      return .fail(
        "\(free >> 20) MiB are free on the disk of \(paths.dataFolder)", tried: tried,
        hint: "Free some space; messages can't be kept otherwise.")
    }
    return .ok("ours alone; \(free >> 20) MiB free", tried: tried)
  }

  /// nil: as it should be, or not there.
  private static func problem(
    with path: String, isFolder: Bool
  ) -> (what: String, hint: String)? {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      return errno == ENOENT
        ? nil
        : ("can't be looked at: \(SystemError.text(errno))", "Look at the folders above it.")
    }
    let kind = status.st_mode & S_IFMT
    let moveAway = "Move it away; it is made anew."
    if kind == S_IFLNK { return ("is a symbolic link", moveAway) }
    if kind != (isFolder ? S_IFDIR : S_IFREG) {
      return ("is not a \(isFolder ? "folder" : "file")", moveAway)
    }
    if status.st_uid != geteuid() { return ("belongs to user \(status.st_uid)", moveAway) }
    return problem(ofMode: status.st_mode & 0o777, isFolder ? 0o700 : 0o600, path)
  }

  private static func problem(
    ofMode mode: mode_t, _ wanted: mode_t, _ path: String
  ) -> (what: String, hint: String)? {
    let shown = "mode 0\(String(mode, radix: 8))"
    let hint = "Type “chmod 0\(String(wanted, radix: 8)) \(path)”."
    if mode & 0o077 != 0 { return ("can be used by others (\(shown))", hint) }
    return mode & wanted == wanted ? nil : ("can't be used by yourself (\(shown))", hint)
  }

  private static func freeBytes(_ path: String) -> UInt64? {
    var facts = statvfs()
    guard statvfs(path, &facts) == 0 else { return nil }
    return UInt64(facts.f_bavail) * UInt64(facts.f_frsize)
  }
}
