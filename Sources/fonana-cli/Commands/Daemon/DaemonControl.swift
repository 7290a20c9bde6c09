import ControlProtocol
import FonanaCore
import Glibc

/// Starts and stops the profile's daemon.
struct DaemonControl {
  /// The daemon promises 5 s.
  private static let patience = Duration.seconds(10)

  private let context: Context
  init(_ context: Context) { self.context = context }

  func start() throws(FonanaError) -> Done<RunningDaemon> {
    let hello = try context.connect(.always).call(
      Calls.hello, HelloRequest(clientVersion: BuildInfo.version))
    return Done(
      "running, pid \(hello.pid), profile “\(context.paths.profile)”",
      RunningDaemon(pid: hello.pid, version: hello.daemonVersion, profile: hello.profile))
  }

  /// False when none was running. Returns when the lock is free.
  func stop() throws(FonanaError) -> Bool {
    // Asking at the socket would start a daemon that the service manager keeps ready.
    guard LockFile.state(of: context.paths.lock) != .free else { return false }
    guard let client = try context.launcher.running() else {
      guard case .held(let record) = LockFile.state(of: context.paths.lock) else { return false }
      throw FonanaError(
        .daemonUnavailable,
        "The daemon\(record.map { " (pid \($0.pid))" } ?? "") holds its lock, "
          + "but does not answer.",
        hint: record.map { "It may be starting; else type “kill \($0.pid)”." })
    }
    do {
      _ = try client.call(Calls.stop, NoParameters())
    } catch  where error.code == .daemonUnavailable {
      // It was quicker than its answer.
    }
    let end = ContinuousClock.now + Self.patience
    while ContinuousClock.now < end {
      if LockFile.state(of: context.paths.lock) == .free { return true }
      usleep(10_000)
    }
    throw FonanaError(
      .timeout, "The daemon has not ended within 10 s.", hint: "Look at “fonana logs”.")
  }
}

struct RunningDaemon: Codable {
  var running = true
  var pid: Int32
  var version: String
  var profile: String
}

struct StoppedDaemon: Codable {
  var running = false
  /// One was running.
  var stopped: Bool
}
