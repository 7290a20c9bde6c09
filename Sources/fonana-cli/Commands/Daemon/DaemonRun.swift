import ArgumentParser
import ControlProtocol
import FonanaCore
import Glibc

struct DaemonRun: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run the daemon here, in the foreground.",
    discussion: "Example:  fonana daemon run")

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let executable = try DaemonExecutable.find(context.environment)
    let arguments = [executable, "--profile", context.paths.profile.text]
    signal(SIGPIPE, SIG_DFL)
    signal(SIGINT, SIG_DFL)
    let pointers = arguments.map { strdup($0) }
    execv(executable, pointers + [nil])
    throw FonanaError(
      .daemonUnavailable, "\(executable) can't be started: \(SystemError.text(errno)).")
  }
}
