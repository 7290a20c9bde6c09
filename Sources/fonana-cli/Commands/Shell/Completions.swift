import ArgumentParser
import ControlProtocol
import FonanaCore

struct Completions: FonanaCommand {
  enum Shell: String, ExpressibleByArgument, CaseIterable { case bash, zsh, fish }

  static let configuration = CommandConfiguration(
    abstract: "Print a completion script.",
    discussion:
      "Example:  source <(fonana completions bash)")

  @Argument(help: "bash, zsh or fish.")
  var shell: Shell

  @OptionGroup var global: GlobalOptions

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let shell: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    let script = FonanaWithOptions.completionScript(for: shell)
    if context.output.isJSON {
      try context.output.render(Done(script, CompletionScript(script: script)))
    } else {
      StandardStream.output.write(script + "\n")
    }
    return .done
  }
}

struct CompletionScript: Codable {
  var script: String
}
