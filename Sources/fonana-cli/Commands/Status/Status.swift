import ArgumentParser
import ControlProtocol
import FonanaCore
import Glibc

struct Status: PlainCommand {
  static let configuration = CommandConfiguration(
    abstract: "Account, token, connection, sync and outbox on one screen.",
    discussion: "Example:  fonana status --json | jq .connection.state")

  @Flag(help: "Show it again every two seconds.")
  var watch = false

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let output = context.output
    guard watch else { return try Self.executePlainly(context) }
    while true {
      let report = try context.call(Calls.status, NoParameters())
      if output.style.isTerminal, !output.isJSON {
        StandardStream.output.write("\u{1b}[H\u{1b}[2J")
      }
      try Output(context.global, environment: context.environment).render(report)
      usleep(2_000_000)
    }
  }

  static func executePlainly(_ context: Context) throws(FonanaError) -> ExitStatus {
    try context.output.render(try context.call(Calls.status, NoParameters()))
    return .done
  }
}
