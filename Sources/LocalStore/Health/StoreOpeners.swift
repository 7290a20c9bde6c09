import Foundation
import Glibc

/// Which other processes have the store open. One that is not ours keeps no promise of ours, and
/// two at once can damage the file with an older SQLite.
package enum StoreOpeners {
  /// Every connection to a store in WAL mode holds this byte of the file beside it for as long as
  /// it is open (SQLite, `os_unix.c`: `UNIX_SHM_DMS`).
  private static let lockedByte = "128"

  /// The process numbers, without our own. Nothing is opened: closing the file would drop our own
  /// locks on it.
  package static func others(of path: String) -> [Int32] {
    var info = stat()
    guard stat(path + "-shm", &info) == 0,
      let locks = try? String(contentsOfFile: "/proc/locks", encoding: .utf8)
    else { return [] }
    return holders(of: UInt64(info.st_ino), in: locks).filter { $0 != getpid() }
  }

  /// A line is `1: POSIX ADVISORY READ pid major:minor:inode first last`.
  static func holders(of inode: UInt64, in locks: String) -> [Int32] {
    let pids = locks.split(separator: "\n").compactMap { line -> Int32? in
      let words = line.split(separator: " ")
      guard words.count == 8, words[1] == "POSIX", words[6] == lockedByte,
        words[5].split(separator: ":").last == "\(inode)"
      else { return nil }
      return Int32(words[4])
    }
    return Array(Set(pids)).sorted()
  }
}
