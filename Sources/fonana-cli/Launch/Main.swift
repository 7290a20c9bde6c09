import FonanaCore
import FoundationEssentials
import Glibc

@main
enum Main {
  static func main() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGINT) { _ in
      PendingPath.unlinkNow()
      _exit(130)
    }
    let dispatcher = Dispatcher(
      arguments: Array(CommandLine.arguments.dropFirst()),
      environment: ProcessInfo.processInfo.environment)
    // No destructors: nothing is left to be written.
    _exit(dispatcher.run().rawValue)
  }
}
