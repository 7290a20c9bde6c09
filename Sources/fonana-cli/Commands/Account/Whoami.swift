import ArgumentParser
import ControlProtocol
import FonanaCore

struct Whoami: PlainCommand {
  static let configuration = CommandConfiguration(
    abstract: "The account of this profile.", discussion: "Example:  fonana whoami --json")

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    try Self.executePlainly(context)
  }

  static func executePlainly(_ context: Context) throws(FonanaError) -> ExitStatus {
    try context.output.render(try context.call(Calls.account, NoParameters()))
    context.remarkAge()
    return .done
  }
}
