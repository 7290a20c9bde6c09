import ControlProtocol

/// Reads the JSON Schema of a type off its decoder: that one runs once, asks for its members, gets
/// samples, and what it asked for is noted. So what is printed and what is promised are one.
final class SchemaReader {
  /// Of types that have a name of their own, referred to by it.
  private(set) var definitions: [String: JSONValue] = [:]

  /// An object with `"schema": 1` and `more` among its members, as a command prints it.
  func printed(
    _ type: any Decodable.Type, with more: [String: JSONValue] = [:]
  ) throws -> JSONValue {
    let node = SchemaNode()
    _ = try type.init(from: SchemaDecoder(self, node))
    node.members.merge(more) { $1 }
    node.members["schema"] = ["const": 1]
    return node.schema
  }

  func schema(of type: any Decodable.Type) throws -> JSONValue { try look(at: type).schema }

  /// The type's schema, and a value of it with which its owner's decoder can go on.
  func look<Value: Decodable>(at type: Value.Type) throws -> (schema: JSONValue, sample: Value) {
    if let described = type as? any SelfDescribing.Type {
      return (try described.schema(self), try Self.cast(try described.sample()))
    }
    if let words = type as? any (CaseIterable & RawRepresentable).Type {
      return try Self.choice(words)
    }
    let node = SchemaNode()
    let sample = try Value(from: SchemaDecoder(self, node))
    guard let name = Self.name(of: type), node.plain == nil else { return (node.schema, sample) }
    definitions[name] = node.schema
    return (["$ref": .string("#/$defs/\(name)")], sample)
  }

  private static func choice<Word: CaseIterable & RawRepresentable, Value>(
    _ type: Word.Type
  ) throws -> (JSONValue, Value) {
    let words = type.allCases.compactMap { $0.rawValue as? String }
    return (["enum": .array(words.map { .string($0) })], try cast(type.allCases.first))
  }

  private static func cast<Value>(_ sample: Any?) throws -> Value {
    guard let sample = sample as? Value else { throw SchemaFailure(type: Value.self) }
    return sample
  }

  /// `MessageInfo` is `message`; types within others and generic ones have no name.
  private static func name(of type: Any.Type) -> String? {
    let parts = String(reflecting: type).split(separator: ".")
    guard parts.count == 2, let last = parts.last, last.allSatisfy(\.isLetter) else { return nil }
    let short = last.hasSuffix("Info") ? last.dropLast(4) : last
    return short.prefix(1).lowercased() + short.dropFirst()
  }
}

/// A type that is printed and can't say what it holds: a defect, which the tests find.
struct SchemaFailure: Error {
  let type: Any.Type
}

/// What one decoder has asked for.
final class SchemaNode {
  var members: [String: JSONValue] = [:]
  /// Members that may be missing.
  var optional: Set<String> = []
  /// For what is no object.
  var plain: JSONValue?

  var schema: JSONValue {
    if let plain { return plain }
    let required = members.keys.filter { !optional.contains($0) }.sorted()
    return [
      "type": "object", "properties": .object(members),
      "required": .array(required.map { .string($0) }),
    ]
  }
}
