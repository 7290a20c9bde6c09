import FoundationEssentials
import Glibc
import Synchronization

/// Held from the making of pipes to the start of the program that gets them: see `Pipe`.
let spawning = Mutex(())

/// Starts a program with the three streams given; signals are as in a fresh shell, whatever this
/// process ignores or blocks.
func spawn(
  _ path: String, _ arguments: [String], _ environment: [String: String],
  input: Int32, output: Int32, errors: Int32
) throws -> pid_t {
  keepDescriptorsToOurselves()
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_adddup2(&actions, input, 0)
  posix_spawn_file_actions_adddup2(&actions, output, 1)
  posix_spawn_file_actions_adddup2(&actions, errors, 2)

  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  resetSignals(&attributes)

  let variables = environment.map { "\($0.key)=\($0.value)" }.sorted()
  var child: pid_t = 0
  let code = withCStrings([path] + arguments) { argumentPointers in
    withCStrings(variables) { environmentPointers in
      posix_spawnp(&child, path, &actions, &attributes, argumentPointers, environmentPointers)
    }
  }
  guard code == 0 else { throw SystemCallError("start of \(path)", code) }
  return child
}

/// A listening socket of a server in this process, once inherited, would keep its port: the sockets
/// of swift-nio are not closed on exec by themselves.
private func keepDescriptorsToOurselves() {
  let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
  for descriptor in names.compactMap({ Int32($0) }) where descriptor > 2 {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }
}

private func resetSignals(_ attributes: inout posix_spawnattr_t) {
  var none = sigset_t()
  var all = sigset_t()
  sigemptyset(&none)
  sigfillset(&all)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setsigdefault(&attributes, &all)
  posix_spawnattr_setflags(
    &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
}

private func withCStrings<R>(
  _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R
) -> R {
  let copies = texts.map { strdup($0) } + [nil]
  defer { for copy in copies { free(copy) } }
  return copies.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { preconditionFailure("never empty: ends with nil") }
    return body(base)
  }
}
