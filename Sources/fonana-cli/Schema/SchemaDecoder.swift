import ControlProtocol

/// Answers every question with a sample, and notes it.
struct SchemaDecoder: Decoder {
  private let reader: SchemaReader
  private let node: SchemaNode
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(_ reader: SchemaReader, _ node: SchemaNode) { (self.reader, self.node) = (reader, node) }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(SchemaMembers(reader: reader, node: node))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw SchemaFailure(type: [Any].self)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }
}

extension SchemaDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { false }

  private func note<Value>(_ word: JSONValue, _ sample: Value) -> Value {
    node.plain = ["type": word]
    return sample
  }

  func decode(_ type: Bool.Type) -> Bool { note("boolean", false) }
  func decode(_ type: String.Type) -> String { note("string", "") }
  func decode(_ type: Double.Type) -> Double { note("number", 0) }
  func decode(_ type: Float.Type) -> Float { note("number", 0) }
  func decode(_ type: Int.Type) -> Int { note("integer", 0) }
  func decode(_ type: Int8.Type) -> Int8 { note("integer", 0) }
  func decode(_ type: Int16.Type) -> Int16 { note("integer", 0) }
  func decode(_ type: Int32.Type) -> Int32 { note("integer", 0) }
  func decode(_ type: Int64.Type) -> Int64 { note("integer", 0) }
  func decode(_ type: UInt.Type) -> UInt { note("integer", 0) }
  func decode(_ type: UInt8.Type) -> UInt8 { note("integer", 0) }
  func decode(_ type: UInt16.Type) -> UInt16 { note("integer", 0) }
  func decode(_ type: UInt32.Type) -> UInt32 { note("integer", 0) }
  func decode(_ type: UInt64.Type) -> UInt64 { note("integer", 0) }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let found = try reader.look(at: type)
    node.plain = found.schema
    return found.sample
  }
}
