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
