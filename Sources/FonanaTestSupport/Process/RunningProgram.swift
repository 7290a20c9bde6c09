import Dispatch
import Glibc
import Synchronization

/// A program that this process has started. It must be waited for: `Program.withRunning` does.
package final class RunningProgram: Sendable {
  package let pid: Int32
  package let output: ProgramOutput
  package let errors: ProgramOutput
  private let exit = Monitor<ProgramExit?>(nil)

  init(_ program: Program, arguments: [String], input: [UInt8]) throws {
    let started = try spawning.withLock { _ in try Started(program, arguments) }
    pid = started.pid
    output = ProgramOutput(readingFrom: started.output, label: "stdout of \(started.pid)")
    errors = ProgramOutput(readingFrom: started.errors, label: "stderr of \(started.pid)")
    feed(input, to: started.input)
    watch()
  }

  /// Nil while the program runs.
  package var ended: ProgramExit? { exit.read { $0 } }

  package func waitForExit() async throws -> ProgramExit {
    try await exit.wait { $0 }
  }

  package func send(_ signal: Int32) {
    // Under the lock, so that the number can't have gone to another process meanwhile.
    exit.change { [pid] ended in
      if ended == nil { Glibc.kill(pid, signal) }
    }
  }

  package func terminate() { send(SIGTERM) }
  package func kill() { send(SIGKILL) }

  private func feed(_ input: [UInt8], to descriptor: Int32) {
    DispatchQueue(label: "stdin of \(pid)").async {
      // A program that does not read its input must not end this process.
      signal(SIGPIPE, SIG_IGN)
      var rest = input[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count > 0 {
          rest = rest.dropFirst(count)
        } else if errno != EINTR {
          break
        }
      }
      close(descriptor)
    }
  }

  /// Waits for the end without reaping, so that the pid stays ours until it is noted.
  private func watch() {
    DispatchQueue(label: "exit of \(pid)").async { [self] in
      var info = siginfo_t()
      while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
      exit.change { [pid] ended in
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        ended = ProgramExit(waitStatus: status)
      }
    }
  }
}
