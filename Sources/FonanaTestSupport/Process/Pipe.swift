import Glibc

/// Both ends of a pipe, not inherited by programs. A program started by another thread between the
/// two calls would inherit them: starts go through one lock (`Spawn.swift`).
struct Pipe {
  let reading: Int32
  let writing: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SystemCallError("pipe", errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    reading = ends[0]
    writing = ends[1]
  }
}
