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

  @Flag(help: "Of all profiles on this machine.")
  var allProfiles = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if watch, allProfiles { throw ValidationError("--watch and --all-profiles exclude each other") }
  }

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let output = context.output
    guard !allProfiles else { return try Self.showAll(context) }
    guard watch else { return try Self.executePlainly(context) }
    var start = DaemonLauncher.Start.automatically
    while true {
      let report = try context.connect(start, mayBegin: true).call(Calls.status, NoParameters())
      start = .never  // whoever stops the daemon does not want it back
      if output.style.isTerminal, !output.isJSON {
        StandardStream.output.write("\u{1b}[H\u{1b}[2J")
      }
      try Output(context.global, environment: context.environment).render(report)
      usleep(2_000_000)
    }
  }

  private static func showAll(_ context: Context) throws(FonanaError) -> ExitStatus {
    let all = AllProfiles(asking: Calls.status, NoParameters(), context)
    try context.output.render(all)
    return all.status
  }

  static func executePlainly(_ context: Context) throws(FonanaError) -> ExitStatus {
    try context.output.render(
      try context.call(Calls.status, NoParameters(), mayBegin: true))
    return .done
  }
}
