import ControlProtocol
import FonanaCore
import FoundationEssentials
import Glibc
import TOMLKit

/// The values of a configuration file, checked key by key.
struct ConfigurationFile {
  private(set) var values: [SettingKey: SettingValue] = [:]
  /// Where in the file each of them stands, for a person.
  var places: [SettingKey: String] = [:]
  private(set) var hooks: [HookConfiguration] = []

  /// An absent file is an empty one.
  init(path: String) throws(FonanaError) {
    try self.init(text: try Self.read(path) ?? "", path: path)
  }

  init(text: String, path: String) throws(FonanaError) {
    try Self.refuseWhatEndsTheReader(text, path)
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw Self.wrong(path, line: error.source.begin.line, "it is not TOML: \(error.description)")
    } catch {
      throw Self.wrong(path, line: nil, "it is not TOML.")
    }
    let outline = ConfigurationOutline(text)
    for key in table.keys.sorted() where key != "hook" {
      try take(key, table[key], path, outline)
    }
    if table.keys.contains("hook") {
      hooks = try HookTable(path: path, outline: outline).read(table["hook"])
    }
  }

  private mutating func take(
    _ key: String, _ value: (any TOMLValueConvertible)?, _ path: String,
    _ outline: ConfigurationOutline
  ) throws(FonanaError) {
    if let table = value?.table {
      guard SettingKey.allCases.contains(where: { $0.table == key }) else {
        throw Self.unknown(key, path, outline)
      }
      for leaf in table.keys.sorted() {
        try take(key + "." + leaf, leaf: table[leaf], path, outline)
      }
    } else if SettingKey.allCases.contains(where: { $0.table == key }) {
      throw Self.wrong(path, line: outline.line(of: key), "“\(key)” must be a table: [\(key)].")
    } else {
      try take(key, leaf: value, path, outline)
    }
  }

  private mutating func take(
    _ key: String, leaf value: (any TOMLValueConvertible)?, _ path: String,
    _ outline: ConfigurationOutline
  ) throws(FonanaError) {
    guard let setting = SettingKey(rawValue: key) else { throw Self.unknown(key, path, outline) }
    guard let found = value.flatMap(Self.value), setting.kind.accepts(found) else {
      throw Self.wrong(
        path, line: outline.line(of: key), "“\(key)” must be \(setting.kind.description).")
    }
    values[setting] = found
    places[setting] = Self.place(path, outline.line(of: key))
  }

  private static func value(_ value: any TOMLValueConvertible) -> SettingValue? {
    switch value.type {
    case .string: value.string.map { .text($0) }
    case .bool: value.bool.map { .flag($0) }
    case .int: value.int.map { .number($0) }
    case .array: texts(value.array)
    default: nil
    }
  }

  private static func texts(_ array: TOMLArray?) -> SettingValue? {
    guard let array else { return nil }
    var texts: [String] = []
    for element in array {
      guard let text = element.string else { return nil }
      texts.append(text)
    }
    return .texts(texts)
  }

  private static func unknown(
    _ key: String, _ path: String, _ outline: ConfigurationOutline
  ) -> FonanaError {
    wrong(
      path, line: outline.line(of: key),
      "“\(DisplayText.line(key, limit: 60))” is not a setting.")
  }

  static func wrong(_ path: String, line: Int?, _ what: String) -> FonanaError {
    FonanaError(
      .badConfiguration, "The configuration is wrong in \(place(path, line)): \(what)",
      hint: "Correct the file; “fonana doctor --offline” looks at it again.")
  }

  private static func place(_ path: String, _ line: Int?) -> String {
    line.map { "\(path), line \($0)" } ?? path
  }

  /// nil: there is no such file. The mark that some editors put before a text is none of it.
  static func read(_ path: String) throws(FonanaError) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw wrong(path, line: nil, "it can't be read (\(SystemError.text(errno))).")
    }
    defer { close(descriptor) }
    guard let bytes = FileBytes.readAll(descriptor, limit: 1 << 20) else {
      throw wrong(path, line: nil, "it can't be read (\(SystemError.text(errno))).")
    }
    let isMarked = bytes.starts(with: [0xef, 0xbb, 0xbf])
    return String(decoding: bytes.dropFirst(isMarked ? 3 : 0), as: UTF8.self)
  }
}
