import ArgumentParser
import FonanaCore

/// A command: its options, and what it does with them.
protocol FonanaCommand: ParsableCommand {
  var global: GlobalOptions { get }
  /// Prints what it finds; throws what is to be shown as `error:` and `hint:`.
  func execute(_ context: Context) throws(FonanaError) -> ExitStatus
}
