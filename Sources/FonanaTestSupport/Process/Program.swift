/// A binary with the environment it is to be started in.
package struct Program: Sendable {
  package var path: String
  package var environment: [String: String]

  /// Nothing of this process's environment is inherited but what `environment` says.
  package init(_ path: String, environment: [String: String] = [:]) {
    self.path = path
    self.environment = environment
  }

  /// Runs to the end. A program that takes longer than `limit` is killed: its exit is a signal.
  package func run(
    _ arguments: [String], input: [UInt8] = [], limit: Duration = .seconds(120)
  ) async throws -> ProgramResult {
    let start = ContinuousClock.now
    let running = try RunningProgram(self, arguments: arguments, input: input)
    let exit = try await running.exit(within: limit)
    let duration = start.duration(to: .now)
    let output = try await running.output.wholeText()
    let errors = try await running.errors.wholeText()
    try StrayToken.search(self, output, errors)
    return ProgramResult(exit: exit, output: output, errors: errors, duration: duration)
  }

  /// Starts the program for as long as `body` takes; what still runs then is killed.
  package func withRunning<R>(
    _ arguments: [String], _ body: (RunningProgram) async throws -> R
  ) async throws -> R {
    let running = try RunningProgram(self, arguments: arguments, input: [])
    let outcome: Result<R, any Error>
    do {
      outcome = .success(try await body(running))
    } catch {
      outcome = .failure(error)
    }
    running.kill()
    _ = try? await running.waitForExit()
    let result = try outcome.get()
    try StrayToken.search(self, running.output.text, running.errors.text)
    return result
  }

  /// Starts the program and leaves its end to the caller.
  package func start(_ arguments: [String]) throws -> RunningProgram {
    try RunningProgram(self, arguments: arguments, input: [])
  }
}

extension RunningProgram {
  /// The exit, forced by SIGKILL when `limit` has passed or the task is cancelled.
  package func exit(within limit: Duration) async throws -> ProgramExit {
    try await withThrowingTaskGroup(of: ProgramExit?.self) { group in
      group.addTask { try await self.waitForExit() }
      group.addTask {
        // NB: also when cancelled: then the exit has come, or the test is over.
        try? await Task.sleep(for: limit)
        self.kill()
        return nil
      }
      defer { group.cancelAll() }
      while let exit = try await group.next() {
        if let exit { return exit }
      }
      return try await waitForExit()
    }
  }
}
