import ControlProtocol
import FonanaCore
import FoundationEssentials
import Glibc

/// Changes single settings in the file and leaves everything else, comments too, as it is.
struct ConfigurationEditor {
  let path: String

  /// The file is only written when all of it is valid afterwards.
  func set(_ name: String, to text: String) throws(FonanaError) {
    guard let key = SettingKey(rawValue: name) else { throw Self.unknown(name) }
    guard let value = key.kind.parse(text), key.kind.accepts(value) else {
      throw FonanaError(
        .invalidInput, "“\(DisplayText.line(text, limit: 60))” can't be the value of \(name).",
        hint: "It must be \(key.kind.description).")
    }
    let old = try ConfigurationFile.read(path) ?? ""
    let new = Self.text(old, setting: key, to: value)
    var file = try ConfigurationFile(text: new, path: path)
    // It does not stand there yet.
    file.places[key] = nil
    try Self.checkMeanings(file)
    try write(new)
  }

  static func unknown(_ name: String) -> FonanaError {
    let near = SettingKey.allCases.map(\.rawValue).filter { $0.hasSuffix("." + name) }.first
    return FonanaError(
      .invalidInput, "“\(DisplayText.line(name, limit: 60))” is not a setting.",
      hint: near.map { "Did you mean \($0)?" } ?? "Type “fonana config list” to see all.")
  }

  private static func checkMeanings(_ file: ConfigurationFile) throws(FonanaError) {
    do {
      _ = try DaemonConfiguration(file: file, environment: [:])
        .api(outboxFolder: "", environment: [:])
    } catch {
      throw FonanaError(.invalidInput, error.message, hint: error.hint)
    }
  }

  /// A link is followed, since settings often live in a folder under version control.
  private func write(_ text: String) throws(FonanaError) {
    let target = realpath(path, nil).map { pointer in
      defer { free(pointer) }
      return String(cString: pointer)
    }
    let file = target ?? path
    if let slash = file.lastIndex(of: "/") {
      do {
        try FileManager.default.createDirectory(
          atPath: String(file[..<slash]), withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
      } catch {
        throw AtomicFile.failure(file, errno)
      }
    }
    try AtomicFile.write(Array(text.utf8), to: file)
  }

  /// The text with one setting changed or added. New lines end as the first one does.
  static func text(_ old: String, setting key: SettingKey, to value: SettingValue) -> String {
    var lines = old.isEmpty ? [] : ConfigurationOutline.lines(of: old)
    let end = lines.first?.last == "\r" ? "\r" : ""
    if let last = lines.popLast(), !last.isEmpty { lines.append(last + end) }
    let outline = ConfigurationOutline(lines.joined(separator: "\n"))
    let assignment = "\(key.leaf) = \(value.toml)\(end)"
    if let entry = outline.entries.last(where: { $0.key == key.rawValue }) {
      let line = lines[entry.lines.lowerBound]
      let comment = entry.lines.count == 1 ? trailingComment(of: line) : ""
      let name = line.prefix { $0 != "=" }
      lines.replaceSubrange(entry.lines, with: ["\(name)= \(value.toml)\(comment)\(end)"])
    } else if let place = place(of: key, outline, lines.count) {
      lines.insert(assignment, at: place)
    } else if let dotted = outline.entries.last(where: { $0.key.hasPrefix(key.tablePrefix) }) {
      lines.insert(
        "\(key.rawValue) = \(value.toml)\(end)", at: dotted.lines.upperBound + 1)
    } else {
      if !lines.isEmpty { lines.append(end) }
      lines += ["[\(key.table ?? "")]\(end)", assignment]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The line before which a new assignment goes; nil: its table does not exist yet.
  private static func place(
    of key: SettingKey, _ outline: ConfigurationOutline, _ count: Int
  ) -> Int? {
    let firstTable = outline.tables.first?.line ?? count
    guard let name = key.table else {
      let last = outline.entries.last { $0.lines.upperBound < firstTable }
      return last.map { $0.lines.upperBound + 1 } ?? min(firstTable, count)
    }
    guard let table = outline.tables.last(where: { $0.name == name }) else { return nil }
    let next = outline.tables.first { $0.line > table.line }?.line ?? count
    let last = outline.entries.last { (table.line..<next).contains($0.lines.upperBound) }
    return (last?.lines.upperBound ?? table.line) + 1
  }

  /// With the space before it.
  private static func trailingComment(of line: String) -> String {
    var quote: Character?
    for index in line.indices {
      let character = line[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "#" {
        return "  " + line[index...].filter { $0 != "\r" }
      }
    }
    return ""
  }
}
