import ControlProtocol
import FonanaCore

/// A type whose decoder does not tell what it reads.
protocol SelfDescribing: Decodable {
  static func schema(_ reader: SchemaReader) throws -> JSONValue
  static func sample() throws -> Self
  /// Written also when there is nothing to say.
  static var isAlwaysWritten: Bool { get }
}

extension SelfDescribing {
  static var isAlwaysWritten: Bool { false }
}

extension Array: SelfDescribing where Element: Decodable {
  static func schema(_ reader: SchemaReader) throws -> JSONValue {
    ["type": "array", "items": try reader.schema(of: Element.self)]
  }
  static func sample() -> [Element] { [] }
}

extension Dictionary: SelfDescribing where Key == String, Value: Decodable {
  static func schema(_ reader: SchemaReader) throws -> JSONValue {
    ["type": "object", "additionalProperties": try reader.schema(of: Value.self)]
  }
  static func sample() -> [String: Value] { [:] }
}

extension Nullable: SelfDescribing where Value: Decodable {
  static var isAlwaysWritten: Bool { true }
  static func schema(_ reader: SchemaReader) throws -> JSONValue {
    try reader.schema(of: Value.self).orNull
  }
  static func sample() -> Nullable { Nullable(wrappedValue: nil) }
}

extension RFC3339: SelfDescribing {
  static var isAlwaysWritten: Bool { true }
  static func schema(_ reader: SchemaReader) -> JSONValue {
    let time: JSONValue = ["type": "string", "format": "date-time"]
    return Value(timeText: nil) == nil ? time : time.orNull
  }
  static func sample() throws -> RFC3339 {
    guard let time = Value(timeText: "2026-01-01T00:00:00.000Z") else {
      throw SchemaFailure(type: Value.self)
    }
    return RFC3339(wrappedValue: time)
  }
}

extension JSONValue: SelfDescribing {
  /// Anything.
  static func schema(_ reader: SchemaReader) -> JSONValue { [:] }
  static func sample() -> JSONValue { .null }
}

extension JSONValue {
  /// A schema that null satisfies too.
  fileprivate var orNull: JSONValue {
    guard case .object(var members) = self, !members.isEmpty else { return self }
    guard case .string(let type)? = members["type"] else {
      return ["anyOf": [self, ["type": "null"]]]
    }
    members["type"] = [.string(type), "null"]
    return .object(members)
  }
}
