extension JSONValue: Codable {
  /// Only from `ControlJSON`, which has the tree already.
  package init(from decoder: any Decoder) throws {
    guard let tree = decoder as? JSONTreeDecoder else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a tree"))
    }
    self = tree.value
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
