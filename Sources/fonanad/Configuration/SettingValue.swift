import ControlProtocol

/// A value of a setting.
enum SettingValue: Hashable, Sendable {
  case text(String)
  case flag(Bool)
  case number(Int)
  case texts([String])
}

/// What a setting may hold.
enum SettingKind: Hashable, Sendable {
  case text
  case flag
  case number(ClosedRange<Int>)
  case texts
  case choice([String])

  /// For sentences: “… must be …”.
  var description: String {
    switch self {
    case .text: "a text in quotes"
    case .flag: "true or false"
    case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .texts: "a list of texts"
    case .choice(let choices): "one of " + choices.map { "\"\($0)\"" }.joined(separator: ", ")
    }
  }

  func accepts(_ value: SettingValue) -> Bool {
    switch (self, value) {
    case (.text, .text), (.flag, .flag), (.texts, .texts): true
    case (.number(let range), .number(let number)): range.contains(number)
    case (.choice(let choices), .text(let text)): choices.contains(text)
    default: false
    }
  }

  /// Reads a value as a person types it, or as the environment holds it; nil when it is none.
  func parse(_ text: String) -> SettingValue? {
    switch self {
    case .text, .choice: .text(text)
    case .flag: Self.flag(text).map { .flag($0) }
    case .number: Int(text).map { .number($0) }
    case .texts: (text.hasPrefix("[") ? Self.array(text) : Self.list(text)).map { .texts($0) }
    }
  }

  private static func flag(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "1", "yes", "on": true
    case "false", "0", "no", "off": false
    default: nil
    }
  }

  /// As it stands in the file.
  private static func array(_ text: String) -> [String]? {
    guard case .array(let elements)? = JSONValue.parse(text) else { return nil }
    let texts = elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
    return texts.count == elements.count ? texts : nil
  }

  private static func list(_ text: String) -> [String]? {
    text.split(separator: ",").map { $0.drop { $0 == " " } }.map { part in
      String(part.reversed().drop { $0 == " " }.reversed())
    }.filter { !$0.isEmpty }
  }
}

extension SettingValue {
  /// As TOML.
  var toml: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .flag(let value): value ? "true" : "false"
    case .number(let number): String(number)
    case .texts(let texts): "[" + texts.map(Self.quoted).joined(separator: ", ") + "]"
    }
  }

  var json: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .flag(let value): .bool(value)
    case .number(let number): .number(String(number))
    case .texts(let texts): .array(texts.map { .string($0) })
    }
  }

  /// As plain text, for `config get`.
  var plain: String {
    switch self {
    case .text(let text): text
    case .flag(let value): value ? "true" : "false"
    case .number(let number): String(number)
    case .texts(let texts): texts.joined(separator: ",")
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
