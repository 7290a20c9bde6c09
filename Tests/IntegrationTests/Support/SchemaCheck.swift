import FonanaServer

/// As much of JSON Schema as `fonana schema` uses, and stricter: a member that the schema does not
/// name is a problem too, since nobody would know of it.
struct SchemaCheck {
  private let document: WireJSON
  init(_ document: WireJSON) { self.document = document }

  /// Empty: the value fits.
  func problems(_ value: WireJSON, _ schema: WireJSON, at place: String = "") -> [String] {
    if let reference = schema["$ref"]?.stringValue {
      let name = String(reference.dropFirst("#/$defs/".count))
      guard let target = document["$defs"]?[name] else { return ["\(place): no \(reference)"] }
      return problems(value, target, at: place)
    }
    if let choices = schema["anyOf"]?.arrayValue {
      let found = choices.map { problems(value, $0, at: place) }
      return found.min { $0.count < $1.count } ?? []
    }
    if let constant = schema["const"] {
      return value == constant ? [] : ["\(place): \(value) is not \(constant)"]
    }
    if let words = schema["enum"]?.arrayValue {
      return words.contains(value) ? [] : ["\(place): \(value) is none of \(words)"]
    }
    guard let type = schema["type"] else { return [] }
    let types = type.arrayValue ?? [type]
    guard types.contains(where: { $0.stringValue.map { Self.is(value, $0) } ?? false }) else {
      return ["\(place): \(value) is no \(type)"]
    }
    return parts(value, schema, place)
  }

  private func parts(_ value: WireJSON, _ schema: WireJSON, _ place: String) -> [String] {
    switch value {
    case .array(let elements):
      guard let items = schema["items"] else { return [] }
      return elements.enumerated().flatMap { problems($1, items, at: "\(place)[\($0)]") }
    case .object(let members): return problems(members, schema, place)
    case .string(let text) where schema["format"]?.stringValue == "date-time":
      return Self.isTime(text) ? [] : ["\(place): “\(text)” is no time"]
    default: return []
    }
  }

  private func problems(
    _ members: [WireJSON.Member], _ schema: WireJSON, _ place: String
  ) -> [String] {
    let names = Set(members.map(\.key))
    let required = (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue)
    return required.filter { !names.contains($0) }.map { "\(place).\($0) is missing" }
      + members.flatMap { member in
        let inside = "\(place).\(member.key)"
        if let known = schema["properties"]?[member.key] {
          return problems(member.value, known, at: inside)
        }
        guard let others = schema["additionalProperties"] else { return ["\(inside) is new"] }
        return problems(member.value, others, at: inside)
      }
  }

  private static func `is`(_ value: WireJSON, _ type: String) -> Bool {
    switch value {
    case .null: type == "null"
    case .bool: type == "boolean"
    case .string: type == "string"
    case .array: type == "array"
    case .object: type == "object"
    case .number(let digits): type == "number" || type == "integer" && Int64(digits) != nil
    }
  }

  /// RFC 3339 in UTC with milliseconds: docs/interface.md, Rules.
  private static func isTime(_ text: String) -> Bool {
    let form = text.map { $0.isNumber ? "9" : String($0) }.joined()
    return form == "9999-99-99T99:99:99.999Z"
  }
}
