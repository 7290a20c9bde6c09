import FonanaCore
import FoundationEssentials
import Glibc

@main
enum Main {
  static func main() {
    StandardStream.occupyClosed()
    signal(SIGPIPE, SIG_IGN)
    PendingPath.handle(SIGINT) { _ in
      PendingPath.unlinkNow()
      _exit(130)
    }
    let dispatcher = Dispatcher(
      arguments: Array(CommandLine.arguments.dropFirst()),
      environment: ProcessInfo.processInfo.environment)
    // No destructors: nothing is left to be written.
    _exit((isText ? dispatcher.run() : dispatcher.refuse(notText)).rawValue)
  }

  /// Swift would put another character in the place of what is none, and send it.
  private static var isText: Bool {
    (0..<Int(CommandLine.argc)).allSatisfy { place in
      CommandLine.unsafeArgv[place].map { String(validatingCString: $0) != nil } ?? true
    }
  }

  private static let notText = FonanaError(
    .invalidInput, "The command line has bytes that are not UTF-8 text.",
    hint: "Set the terminal to UTF-8; to send an image, use --file.")
}
