import ControlProtocol
import FonanaCore
import Glibc
import Logging

/// `hello`, `daemon.*`.
struct DaemonHandler: Sendable {
  let context: DaemonContext
  let stop: @Sendable () async -> Void

  func register(in router: inout ControlRouter) {
    router.on(Calls.hello) { _, _ throws(FonanaError) in
      HelloResult(
        daemonVersion: BuildInfo.version, pid: getpid(), profile: context.paths.profile.text,
        server: context.origin)
    }
    router.on(Calls.stop) { [stop] _, caller throws(FonanaError) in
      caller.afterAnswer(stop)
      return NoParameters()
    }
    router.on(Calls.setLogLevel) { request, _ throws(FonanaError) in
      guard let level = Logger.Level(rawValue: request.level) else {
        throw FonanaError(
          .invalidInput, "“\(DisplayText.line(request.level, limit: 40))” is not a log level.",
          hint: "It is one of \(LogLevelName.all.joined(separator: ", ")).")
      }
      context.log.level = level
      context.logger.notice("The log level was changed.", metadata: ["level": "\(level)"])
      return request
    }
  }
}
