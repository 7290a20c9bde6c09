import ArgumentParser
import FonanaCore

/// The options of every command; they may stand before or after its name.
struct GlobalOptions: ParsableArguments {
  enum Color: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

  @Option(help: "The profile to use: each has its own account, store and daemon.")
  var profile: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  @Option(help: "Colour: auto, always or never.")
  var color: Color = .auto

  @Flag(help: "Never ask anything.")
  var noInput = false

  @Flag(help: "Never start a pager.")
  var noPager = false

  @Flag(name: [.short, .long], help: "Say on stderr what is done.")
  var verbose = false

  var values: Globals {
    var globals = Globals()
    (globals.profile, globals.json, globals.color) = (profile, json, color.rawValue)
    (globals.noInput, globals.noPager, globals.verbose) = (noInput, noPager, verbose)
    return globals
  }
}
