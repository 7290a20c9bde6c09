import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

/// What became of one point.
struct KillOutcome: Sendable {
  /// The end of the daemon that the fault was for.
  let exit: ProgramExit
  /// Letters of which it has said that they are accepted.
  var accepted: Set<Int> = []
  /// Letters that it has refused, with the code.
  var refused: [Int: String] = [:]
  /// The act went to its end.
  var isComplete = false
  /// The mirror could be read at its end.
  var isReading = false
  let errors: String
  let report: String

  var wasKilled: Bool { exit == .signal(SIGKILL) }
  /// strace marks what it has changed.
  var faults: Int { report.split(separator: "\n").count { $0.contains("(INJECTED)") } }
}

extension KillBench {
  static let calls = [
    "pwrite64", "write", "writev", "sendto", "sendmsg", "fdatasync", "fsync", "ftruncate",
    "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "connect", "bind", "accept",
    "accept4",
  ]

  /// Starts over, and lets the daemon act with the fault; nil: without one, every call is noted.
  func act(with injection: Injection?) async throws -> KillOutcome {
    try await restore()
    if scenario.isServerAway { try await server.stopListening() }
    let arguments = Strace.arguments(
      tracing: injection.map { [$0.call] } ?? Self.calls, injection, report: report,
      program: [desk.daemon.path, "--time-scale", Self.timeScale])
    let outcome = try await Program(Strace.path, environment: desk.environment)
      .withRunning(arguments) { daemon -> KillOutcome in try await self.end(of: daemon) }
    if scenario.isServerAway { try await server.startListening() }
    try await isQuiet()
    return outcome
  }

  private func end(of daemon: RunningProgram) async throws -> KillOutcome {
    var accepted: Set<Int> = []
    var refused: [Int: String] = [:]
    var isComplete = false
    if try await daemon.errors.nextLine(containing: Desk.readyMark) != nil {
      isComplete = await perform(&accepted, &refused)
    }
    let isReading = isComplete ? await socket.ask("conversation.read", Self.peekAll).isDone : false
    if isComplete, daemon.ended == nil { daemon.terminate() }
    let start = ContinuousClock.now
    let exit = try await daemon.exit(within: .seconds(60))
    #expect(start.duration(to: .now) < .seconds(60), "the daemon hangs: \(daemon.errors.text)")
    return KillOutcome(
      exit: exit, accepted: accepted, refused: refused, isComplete: isComplete,
      isReading: isReading,
      errors: try await daemon.errors.wholeText(),
      report: String(decoding: try Data(contentsOf: URL(filePath: report)), as: UTF8.self))
  }

  /// False as soon as the daemon does not answer any more.
  private func perform(_ accepted: inout Set<Int>, _ refused: inout [Int: String]) async -> Bool {
    if scenario.start == .first, await !logIn() { return false }
    for number in newLetters {
      switch await send(Letter(number: number)) {
      case .done: accepted.insert(number)
      case .refused(let failure): refused[number] = failure.data?.code ?? failure.message
      case .nothing: return false
      }
    }
    if scenario.backlog > 0, await socket.ask("conversation.read", Self.readAll).isNothing {
      return false
    }
    if scenario.isServerAway || scenario.start == .oldSchema {
      return await !socket.ask("outbox.list").isNothing
    }
    return await !socket.ask("wait", #"{"for":"drained","timeoutSeconds":1.5}"#).isNothing
  }

  /// Numbers of the letters that the act sends; those before them wait already.
  var newLetters: Range<Int> { scenario.waiting + 1..<scenario.waiting + scenario.letters + 1 }
}
