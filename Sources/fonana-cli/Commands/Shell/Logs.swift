import ArgumentParser
import ControlProtocol
import FonanaCore
import Glibc

struct Logs: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "The daemon's log.", discussion: "Example:  fonana logs -f --category websocket")

  @Option(name: [.customShort("n"), .customLong("lines")], help: "The last N lines.")
  var lines = 50

  @Flag(name: [.customShort("f"), .long], help: "Go on with what comes.")
  var follow = false

  @Option(help: "Only this category, such as jwt, websocket, http, sync or outbox.")
  var category: String?

  @Option(help: ArgumentHelp("Only newer lines.", valueName: "time"))
  var since: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if lines < 0 { throw ValidationError("-n can't be negative") }
  }

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let style = context.output.style
    let start =
      if let since {
        Optional(try TimeArgument.parse(since, now: style.now, zone: style.zone))
      } else {
        Timestamp?.none
      }
    let tail = LogTail(context.paths.log)
    let old = try tail.read().map(LoggedLine.init).filter { $0.fits(category, since: start) }
    for line in start == nil ? old.suffix(lines) : old[...] { try context.output.render(line) }
    while follow {
      usleep(200_000)
      for line in try tail.read().map(LoggedLine.init) where line.fits(category, since: start) {
        try context.output.render(line)
      }
    }
    return .done
  }
}
