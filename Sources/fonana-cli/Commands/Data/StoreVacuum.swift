import ArgumentParser
import ControlProtocol
import FonanaCore

struct StoreVacuum: FonanaCommand {
  static let configuration = CommandConfiguration(
    commandName: "vacuum", abstract: "Give the unused parts of the store back to the disk.",
    discussion: "Example:  fonana store vacuum")

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let report = try context.call(Calls.storeVacuum, NoParameters(), patience: .seconds(600))
    try context.output.render(report)
    return .done
  }
}
