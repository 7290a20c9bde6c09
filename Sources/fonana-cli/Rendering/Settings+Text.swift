import ControlProtocol
import FonanaCore

extension WaitResult: Renderable {
  func text(_ style: TextStyle) -> String { DisplayText.line(state) }
}

extension LogLevelRequest: Renderable {
  func text(_ style: TextStyle) -> String { "log level: \(level)" }
}

extension SettingListing: Renderable {
  func text(_ style: TextStyle) -> String {
    var table = Table(["KEY", "ORIGIN", "VALUE"])
    for setting in settings {
      table.add(setting.key, setting.origin.rawValue, setting.value?.shown ?? "-")
    }
    return table.text(style)
  }
}

extension SettingInfo: Renderable {
  func text(_ style: TextStyle) -> String { value?.shown ?? "" }
}

extension JSONValue {
  /// A setting's value as a person writes it.
  var shown: String {
    switch self {
    case .null: "-"
    case .bool(let value): value ? "true" : "false"
    case .number(let text), .string(let text): DisplayText.line(text)
    case .array(let elements): elements.map(\.shown).joined(separator: ", ")
    case .object(let members):
      members.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.shown)" }
        .joined(separator: ", ")
    }
  }
}

/// A sentence about what was done; an object of facts in JSON.
struct Done: Renderable {
  let sentence: String
  let facts: [String: JSONValue]

  init(_ sentence: String, _ facts: [String: JSONValue] = [:]) {
    (self.sentence, self.facts) = (sentence, facts)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for (name, value) in facts { try container.encode(value, forKey: Key(stringValue: name)) }
  }

  func text(_ style: TextStyle) -> String { sentence }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
