import FonanaCore
import FoundationEssentials

extension JSONValue: Codable {
  package init(from decoder: any Decoder) throws {
    guard decoder.codingPath.count <= Self.depthLimit + 8 else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "nested too deeply"))
    }
    if let container = try? decoder.singleValueContainer(), let leaf = Self.leaf(container) {
      self = leaf
    } else if var list = try? decoder.unkeyedContainer() {
      var elements: [JSONValue] = []
      while !list.isAtEnd { elements.append(try list.decode(JSONValue.self)) }
      self = .array(elements)
    } else {
      let container = try decoder.container(keyedBy: AnyKey.self)
      var members: [String: JSONValue] = [:]
      for key in container.allKeys {
        members[key.stringValue] = try container.decode(Self.self, forKey: key)
      }
      self = .object(members)
    }
  }

  private static func leaf(_ container: any SingleValueDecodingContainer) -> JSONValue? {
    if container.decodeNil() { return .null }
    if let text = try? container.decode(String.self) { return .string(text) }
    if let value = try? container.decode(Bool.self) { return .bool(value) }
    if let number = try? container.decode(Int64.self) { return .number(String(number)) }
    if let number = try? container.decode(UInt64.self) { return .number(String(number)) }
    if let number = try? container.decode(Double.self) { return .number(String(number)) }
    return nil
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .number(let text): try Self.encode(number: text, to: &container)
    case .string(let text): try container.encode(text)
    case .array(let elements): try container.encode(elements)
    case .object(let members): try container.encode(members)
    }
  }

  /// A number that no 64-bit type holds goes out as a string, so that nothing is lost.
  private static func encode(
    number text: String, to container: inout any SingleValueEncodingContainer
  ) throws {
    if let number = Int64(text) {
      try container.encode(number)
    } else if let number = UInt64(text) {
      try container.encode(number)
    } else if let number = Double(text), number.isFinite {
      try container.encode(number)
    } else {
      try container.encode(text)
    }
  }
}

/// Any member name.
struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
