import ArgumentParser
import ControlProtocol
import FonanaCore

struct Profiles: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "The profiles on this machine.", discussion: "Example:  fonana profiles")

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    try context.output.render(ProfileListing.find(context))
    return .done
  }
}
