/// Where each key of a TOML text stands. The parser gives positions for syntax errors only.
struct ConfigurationOutline {
  struct Entry: Equatable {
    /// With its table: `sync.mode`.
    var key: String
    /// Line numbers from 0; a list may go over several.
    var lines: ClosedRange<Int>
  }

  private(set) var entries: [Entry] = []
  /// The line of each `[table]`, in order.
  private(set) var tables: [(name: String, line: Int)] = []

  init(_ text: String) {
    let lines = Self.lines(of: text)
    var table = ""
    var index = 0
    while index < lines.count {
      let line = lines[index].drop { $0 == " " || $0 == "\t" }
      if line.first == "[" {
        table = Self.tableName(line)
        tables.append((table, index))
      } else if let (key, value) = Self.assignment(line) {
        let end = Self.end(of: value, from: index, in: lines)
        entries.append(Entry(key: table.isEmpty ? key : table + "." + key, lines: index...end))
        index = end
      }
      index += 1
    }
  }

  /// Without their line feeds. A carriage return stays at its line: together they are one
  /// `Character`, but two signs of the file.
  static func lines(of text: String) -> [String] {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Line number from 1; nil when the key is not found.
  func line(of key: String) -> Int? {
    let table = tables.first { $0.name == key }?.line
    let entry = entries.last { $0.key == key || $0.key.hasPrefix(key + ".") }
    return (table ?? entry?.lines.lowerBound).map { $0 + 1 }
  }

  private static func tableName(_ line: Substring) -> String {
    let inner = line.drop { $0 == "[" }.prefix { $0 != "]" }
    return normalized(inner)
  }

  private static func assignment(_ line: Substring) -> (String, Substring)? {
    guard line.first != "#", let equals = line.firstIndex(of: "=") else { return nil }
    return (normalized(line[..<equals]), line[line.index(after: equals)...])
  }

  private static func normalized(_ name: Substring) -> String {
    String(name.filter { !" \t\"'\r".contains($0) })
  }

  /// The line where the brackets of a value are closed again.
  private static func end(of value: Substring, from start: Int, in lines: [String]) -> Int {
    var depth = balance(of: value)
    var index = start
    while depth > 0, index + 1 < lines.count {
      index += 1
      depth += balance(of: lines[index][...])
    }
    return index
  }

  private static func balance(of text: Substring) -> Int {
    var depth = 0
    var quote: Character?
    var previous: Character = " "
    for character in text {
      defer { previous = character }
      if let open = quote {
        if character == open, !(open == "\"" && previous == "\\") { quote = nil }
      } else if character == "#" {
        break
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "[" {
        depth += 1
      } else if character == "]" {
        depth -= 1
      }
    }
    return depth
  }
}
