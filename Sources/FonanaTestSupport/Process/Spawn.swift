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
