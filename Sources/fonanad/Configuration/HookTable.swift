import FonanaCore
import TOMLKit

/// Reads the `[[hook]]` tables of the configuration.
struct HookTable {
  private static let keys: Set<String> = [
    "name", "command", "events", "full", "timeout_seconds", "attempts",
  ]

  let path: String
  let outline: ConfigurationOutline

  func read(_ value: (any TOMLValueConvertible)?) throws(FonanaError) -> [HookConfiguration] {
    guard let array = value?.array else { throw wrong(0, "“hook” must be a table: [[hook]].") }
    var hooks: [HookConfiguration] = []
    for (index, element) in array.enumerated() {
      guard let table = element.table else {
        throw wrong(index, "“hook” must be a table: [[hook]].")
      }
      let hook = try read(table, index)
      guard !hooks.contains(where: { $0.name == hook.name }) else {
        throw wrong(index, "there are two hooks with the name “\(hook.name)”.")
      }
      hooks.append(hook)
    }
    return hooks
  }

  private func read(_ table: TOMLTable, _ index: Int) throws(FonanaError) -> HookConfiguration {
    for key in table.keys.sorted() where !Self.keys.contains(key) {
      throw wrong(index, "“\(DisplayText.line("hook." + key, limit: 60))” is not a setting.")
    }
    guard let name = table["name"]?.string, Self.isName(name) else {
      throw wrong(index, "“hook.name” must be 1 to 40 letters, digits, dots or dashes.")
    }
    guard let command = texts(table["command"]), command.first?.isEmpty == false,
      !command.contains(where: { $0.utf8.contains(0) })
    else {
      throw wrong(index, "“hook.command” must be a list: the program and its arguments.")
    }
    var hook = HookConfiguration(name: name, command: command)
    if let events = table["events"] { hook.events = try kinds(events, index) }
    if let full = table["full"] {
      guard let flag = full.bool else { throw wrong(index, "“hook.full” must be true or false.") }
      hook.isFull = flag
    }
    if let seconds = try number("timeout_seconds", 1...3600, table, index) {
      hook.timeout = .seconds(seconds)
    }
    hook.attempts = try number("attempts", 1...1000, table, index) ?? hook.attempts
    return hook
  }

  private func number(
    _ key: String, _ range: ClosedRange<Int>, _ table: TOMLTable, _ index: Int
  ) throws(FonanaError) -> Int? {
    guard let value = table[key] else { return nil }
    guard let number = value.int, range.contains(number) else {
      throw wrong(
        index,
        "“hook.\(key)” must be a whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }

  private func kinds(
    _ value: any TOMLValueConvertible, _ index: Int
  ) throws(FonanaError) -> Set<EventKind> {
    let names = texts(value) ?? []
    let kinds = names.compactMap(EventKind.init(rawValue:))
    guard !kinds.isEmpty, kinds.count == names.count else {
      let known = EventKind.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      throw wrong(index, "“hook.events” must be a list with some of \(known).")
    }
    return Set(kinds)
  }

  private func texts(_ value: (any TOMLValueConvertible)?) -> [String]? {
    guard let array = value?.array else { return nil }
    let texts = array.map(\.string)
    return texts.contains(nil) ? nil : texts.compactMap { $0 }
  }

  private static func isName(_ name: String) -> Bool {
    (1...40).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch UInt8(byte) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
          UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }

  private func wrong(_ index: Int, _ what: String) -> FonanaError {
    let lines = outline.tables.filter { $0.name == "hook" }.map { $0.line + 1 }
    let line = lines.indices.contains(index) ? lines[index] : outline.line(of: "hook")
    return ConfigurationFile.wrong(path, line: line, what)
  }
}
