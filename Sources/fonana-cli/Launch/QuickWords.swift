/// The words of a command, with the few options that a `QuickCommand` takes itself.
struct QuickWords: Equatable {
  private(set) var plain: [String] = []
  private(set) var flags: Set<String> = []
  private(set) var values: [String: String] = [:]
  private(set) var global = Globals()

  /// nil when there is an option that is neither named here nor global, or one without its value.
  init?(_ arguments: [String], flags known: Set<String> = [], values valued: Set<String> = []) {
    var rest = arguments[...]
    var others: [String] = []
    while let argument = rest.popFirst() {
      if !argument.hasPrefix("-") {
        plain.append(argument)
      } else if known.contains(argument) {
        flags.insert(argument)
      } else if valued.contains(argument) {
        guard let value = rest.popFirst(), !value.hasPrefix("-") else { return nil }
        values[argument] = value
      } else {
        others.append(argument)
        if argument == "--profile", let name = rest.popFirst() { others.append(name) }
      }
    }
    guard let global = Globals(scanning: others) else { return nil }
    self.global = global
  }

  /// The number behind `-n` or `--limit`; nil when it is not given or both are, or none of `range`.
  func limit(in range: ClosedRange<Int>) -> Int? {
    let given = ["-n", "--limit"].compactMap { values[$0] }
    guard given.count == 1, let number = Int(given[0]), range.contains(number) else { return nil }
    return number
  }
}
