import Glibc
import NIOCore
import NIOPosix

/// What the process sets up before anything else runs.
enum ProcessSetup {
  /// Files and sockets are for the owner alone, a peer that is gone is no signal, and what
  /// children or libraries print on stdout ends on stderr.
  static func prepare(keepsOutput: Bool) {
    umask(0o077)
    signal(SIGPIPE, SIG_IGN)
    if !keepsOutput { dup2(STDERR_FILENO, STDOUT_FILENO) }
    forbidCores()
  }

  /// Secrets are in memory: no core file, no tracing by other processes of the user.
  private static func forbidCores() {
    var limit = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    SystemCalls.forbidDumps()
  }

  /// One event loop and few malloc arenas: an idle daemon stays small.
  static func limitThreads() {
    NIOSingletons.groupLoopCountSuggestion = 1
    NIOSingletons.blockingPoolThreadCountSuggestion = 2
    SystemCalls.limitArenas(to: 2)
  }
}
