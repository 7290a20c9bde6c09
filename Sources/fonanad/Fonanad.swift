import ControlProtocol
import FonanaCore
import FoundationEssentials
import Glibc
import LocalStore
import Logging
import UnixSignals

/// The daemon's process.
@main
enum Fonanad {
  static func main() async {
    let environment = ProcessInfo.processInfo.environment
    do throws(FonanaError) {
      let options = try LaunchOptions.parse(Array(CommandLine.arguments.dropFirst()))
      if options.act == .run, FirstProcess.isThis {
        _exit(try FirstProcess.run(Array(CommandLine.arguments.dropFirst()), environment))
      }
      ProcessSetup.prepare(keepsOutput: options.act != .run)
      leave(try await perform(options, environment))
    } catch {
      say(error)
      leave(ExitStatus(for: error.code))
    }
  }

  private static func perform(
    _ options: LaunchOptions, _ environment: [String: String]
  ) async throws(FonanaError) -> ExitStatus {
    switch options.act {
    case .help: write(LaunchOptions.usage, to: STDOUT_FILENO)
    case .version:
      write("fonanad \(BuildInfo.version) (\(BuildInfo.commit))\n", to: STDOUT_FILENO)
    case .configuration(let command):
      let paths = try ProfilePaths(profile: options.profile, environment: environment)
      write(
        try command.run(paths: paths, environment: environment, isJSON: options.isJSON),
        to: STDOUT_FILENO)
    case .check: _ = try DaemonLaunch(options: options, environment: environment)
    case .doctor: return try await DoctorProgram(options, environment).run()
    case .bugReport:
      write(try await DoctorProgram(options, environment).bugReport(), to: STDOUT_FILENO)
    case .restore(let file):
      write(try RestoreProgram(options, environment).run(file), to: STDOUT_FILENO)
    case .run: try await run(options, environment)
    }
    return .done
  }

  private static func run(
    _ options: LaunchOptions, _ environment: [String: String]
  ) async throws(FonanaError) {
    EarlyStop.watch()
    ProcessSetup.limitThreads()
    let launch = try DaemonLaunch(options: options, environment: environment)
    LoggingSystem.bootstrap { _ in SwiftLogNoOpLogHandler() }
    guard let daemon = try await Daemon(launch) else {
      return write("\(alreadyRunning(launch))\n", to: STDERR_FILENO)
    }
    do {
      try await daemon.run(signals: [.sigterm, .sigint])
    } catch let error as FonanaError {
      throw error
    } catch {
      throw FonanaError(.internalDefect, "The daemon has ended unexpectedly (\(error)).")
    }
  }

  private static func alreadyRunning(_ launch: DaemonLaunch) -> String {
    // The other one has the lock some moments before it has written its name there.
    var who = ""
    if case .held(let record?) = LockFile.state(of: launch.paths.lock) {
      who = " as process \(record.pid), socket \(record.socketPath)"
    }
    return """
      already running\(who)
      hint: “fonana status” shows how it is, “fonana daemon restart” starts it anew.
      """
  }

  private static func say(_ error: FonanaError) {
    let hint = error.hint.map { "hint: \(DisplayText.line($0))\n" } ?? ""
    write("error: \(DisplayText.line(error.message))\n\(hint)", to: STDERR_FILENO)
  }

  private static func write(_ text: String, to descriptor: Int32) {
    _ = FileBytes.writeAll(descriptor, Array(text.utf8))
  }

  /// Without destructors, which would run while other threads do.
  private static func leave(_ status: ExitStatus) -> Never { _exit(status.rawValue) }
}
