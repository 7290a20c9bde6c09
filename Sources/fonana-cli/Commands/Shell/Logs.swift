import ArgumentParser
import ControlProtocol
import FonanaCore
import Glibc

struct Logs: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "The daemon's log.", discussion: "Example:  fonana logs -f --category websocket")

  private static let usual = 50

  @Option(
    name: [.customShort("n", allowingJoined: true), .customLong("lines")],
    help: "The last N lines; 50 unless --since says more.")
  var lines: Int?

  @Flag(name: [.customShort("f"), .long], help: "Go on with what comes.")
  var follow = false

  private static let categories = LogCategory.allCases.map(\.rawValue)

  @Option(help: "Only one of \(Self.categories.joined(separator: ", ")).")
  var category: String?

  @Option(help: ArgumentHelp("Only newer lines.", valueName: "time"))
  var since: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if let lines, lines < 0 { throw ValidationError("-n can't be negative") }
    if let category, !Self.categories.contains(category) {
      throw ValidationError(
        "“\(category)” is no category; there are \(Self.categories.joined(separator: ", "))")
    }
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
    let old = try tail.history().map(LoggedLine.init).filter { $0.fits(category, since: start) }
    for line in start == nil || lines != nil ? old.suffix(lines ?? Self.usual) : old[...] {
      try context.output.render(line)
    }
    while follow {
      usleep(200_000)
      for line in try tail.read().map(LoggedLine.init) where line.fits(category, since: start) {
        try context.output.render(line)
      }
    }
    return .done
  }
}
