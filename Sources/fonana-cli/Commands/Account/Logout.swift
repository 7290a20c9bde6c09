import ArgumentParser
import ControlProtocol
import FonanaCore

struct Logout: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Forget the token of this profile.",
    discussion: """
      Example:  fonana logout --purge

      What waits in the outbox stays, held until the same account is back.
      """)

  @Flag(help: "Erase the mirror of this profile too.")
  var purge = false

  @Flag(help: "With --purge: erase undelivered messages too.")
  var discardOutbox = false

  @Flag(help: "With --purge: don't ask.")
  var yes = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if discardOutbox, !purge { throw ValidationError("--discard-outbox needs --purge") }
  }

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    if purge, !yes {
      let question = "Erase all messages of profile “\(context.paths.profile)” on this machine?"
      guard context.canAsk, Prompt.confirm(question) else {
        throw FonanaError(
          .invalidInput, "Nothing was erased: --purge needs a yes.",
          hint: "Answer “y”, or add --yes.")
      }
    }
    let request = LogoutRequest(purge: purge, discardOutbox: discardOutbox)
    _ = try context.call(Calls.logOut, request, patience: .seconds(120))
    try context.output.render(
      Done("logged out", LogoutReport(profile: context.paths.profile.text, purged: purge)))
    return .done
  }
}

struct LogoutReport: Codable {
  var profile: String
  var purged: Bool
}
