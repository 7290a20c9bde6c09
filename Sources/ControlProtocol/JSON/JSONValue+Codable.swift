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

  private static func encode(
    number text: String, to container: inout any SingleValueEncodingContainer
  ) throws {
    switch OutgoingNumber(text) {
    case .integer(let number): try container.encode(number)
    case .unsigned(let number): try container.encode(number)
    case .double(let number): try container.encode(number)
    case .text: try container.encode(text)
    }
  }

  /// A number that no 64-bit type holds goes out as a string, so that nothing is lost.
  enum OutgoingNumber {
    case integer(Int64), unsigned(UInt64), double(Double), text

    init(_ text: String) {
      if let number = Int64(text) {
        self = .integer(number)
      } else if let number = UInt64(text) {
        self = .unsigned(number)
      } else if let number = Double(text), number.isFinite {
        self = .double(number)
      } else {
        self = .text
      }
    }
  }
}
