import ArgumentParser

/// As `Fonana`, for the completions: the options that may stand before a command's name too. In
/// `Fonana` itself every help text would list them twice.
struct FonanaWithOptions: ParsableCommand {
  static let configuration = Fonana.configuration

  @OptionGroup var global: GlobalOptions
}
