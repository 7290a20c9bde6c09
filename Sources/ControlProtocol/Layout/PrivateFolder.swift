package import FonanaCore
package import Glibc

/// A folder that belongs to us and that nobody else can enter.
package enum PrivateFolder {
  /// Makes it (and what is missing above it) with mode 0700, or refuses what is there.
  package static func prepare(_ path: String) throws(FonanaError) {
    var status = stat()
    if lstat(path, &status) != 0 {
      try make(path)
      guard lstat(path, &status) == 0 else { throw failure("made", path, errno) }
    }
    try check(status, path)
    if status.st_mode & 0o077 != 0, chmod(path, 0o700) != 0 {
      throw failure("made private", path, errno)
    }
  }

  /// A real folder of `user` that only `user` can enter.
  package static func isPrivate(_ path: String, of user: uid_t) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFDIR && status.st_uid == user
      && status.st_mode & 0o777 == 0o700
  }

  private static func check(_ status: stat, _ path: String) throws(FonanaError) {
    let problem: String? =
      if status.st_mode & S_IFMT == S_IFLNK {
        "is a symbolic link"
      } else if status.st_mode & S_IFMT != S_IFDIR {
        "is not a folder"
      } else if status.st_uid != geteuid() {
        "belongs to another user"
      } else if status.st_mode & 0o022 != 0 {
        "can be written by others"
      } else {
        nil
      }
    guard let problem else { return }
    throw FonanaError(
      .badConfiguration, "\(path) \(problem).",
      hint: "Remove it or make it a folder of yours with mode 0700.")
  }

  private static func make(_ path: String) throws(FonanaError) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw failure("made", path, errno)
    }
    try make(String(path[..<slash]))
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw failure("made", path, errno) }
  }

  private static func failure(_ what: String, _ path: String, _ number: Int32) -> FonanaError {
    FonanaError(
      .storeUnwritable, "\(path) can't be \(what): \(SystemError.text(number)).",
      hint: "Check the rights and the free space there.")
  }
}
