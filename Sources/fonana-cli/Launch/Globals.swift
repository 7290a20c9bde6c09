import FonanaCore

/// What the global options say.
struct Globals: Equatable, Sendable {
  var profile: String?
  var json = false
  var color = "auto"
  var noInput = false
  var noPager = false
  var verbose = false

  init() {}

  /// nil when there is anything but global options, or when one of them is wrong: then the
  /// argument parser has the word. It costs more than all else that a short command does.
  init?(scanning arguments: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--json": json = true
      case "--no-input": noInput = true
      case "--no-pager": noPager = true
      case "-v", "--verbose": verbose = true
      case "--profile":
        guard let name = rest.popFirst(), !name.hasPrefix("-") else { return nil }
        profile = name
      default: return nil
      }
    }
  }
}

/// A command that can do without options of its own.
protocol PlainCommand: FonanaCommand {
  static func executePlainly(_ context: Context) throws(FonanaError) -> ExitStatus
}
