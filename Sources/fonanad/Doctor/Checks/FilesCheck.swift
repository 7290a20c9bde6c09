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
      let mode = isFolder ? "0700" : "0600"
      return .fail(
        "\(path) \(problem)", tried: tried,
        hint: "Type “chmod \(mode) \(path)”, or remove it when it is not yours.")
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
  private static func problem(with path: String, isFolder: Bool) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      return errno == ENOENT ? nil : "can't be looked at: \(SystemError.text(errno))"
    }
    let kind = status.st_mode & S_IFMT
    if kind == S_IFLNK { return "is a symbolic link" }
    if kind != (isFolder ? S_IFDIR : S_IFREG) { return "is not a \(isFolder ? "folder" : "file")" }
    if status.st_uid != geteuid() { return "belongs to user \(status.st_uid)" }
    let mode = status.st_mode & 0o777
    if mode & 0o077 != 0 { return "can be used by others (mode 0\(String(mode, radix: 8)))" }
    let wanted: mode_t = isFolder ? 0o700 : 0o600
    return mode & wanted == wanted
      ? nil : "can't be used by yourself (mode 0\(String(mode, radix: 8)))"
  }

  private static func freeBytes(_ path: String) -> UInt64? {
    var facts = statvfs()
    guard statvfs(path, &facts) == 0 else { return nil }
    return UInt64(facts.f_bavail) * UInt64(facts.f_frsize)
  }
}
