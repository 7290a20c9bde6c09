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

  /// nil when there is anything but global options, or when one of them is wrong.
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
