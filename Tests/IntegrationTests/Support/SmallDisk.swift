import FonanaTestSupport
import Glibc
import Testing

/// A file system of a few megabytes, which a test can fill.
struct SmallDisk {
  let path: String

  /// Whether this process may mount one.
  static let isAllowed: Bool = {
    guard geteuid() == 0, let home = try? TemporaryHome() else { return false }
    defer { try? home.remove() }
    guard mountMemory(at: home.path, megabytes: 1) == 0 else { return false }
    umount2(home.path, Int32(MNT_DETACH))
    return true
  }()

  /// Mounts at `path`, which it makes with the folder above, for as long as `body` takes.
  static func with<R: Sendable>(
    at path: String, megabytes: Int, _ body: (SmallDisk) async throws -> R
  ) async throws -> R {
    let parent = "/" + path.split(separator: "/").dropLast().joined(separator: "/")
    for folder in [parent, path] { mkdir(folder, 0o700) }
    guard mountMemory(at: path, megabytes: megabytes) == 0 else {
      throw SystemCallError("mount", errno)
    }
    defer { umount2(path, Int32(MNT_DETACH)) }
    return try await body(SmallDisk(path: path))
  }

  private static func mountMemory(at path: String, megabytes: Int) -> Int32 {
    mount("none", path, "tmpfs", 0, "size=\(megabytes)m,mode=0700")
  }

  private var filler: String { "\(path)/filler" }

  /// Writes until nothing fits any more.
  func fill() {
    let descriptor = open(filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(descriptor) }
    let page = [UInt8](repeating: 0, count: 4096)
    while write(descriptor, page, page.count) > 0 {}
  }

  /// 0, or the error's -1.
  func forbidWriting() -> Int32 {
    mount("none", path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil)
  }

  func free() {
    unlink(filler)
  }
}
