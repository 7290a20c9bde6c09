package import FonanaCore
import FoundationEssentials

/// JSON as the socket and `--json` write it: keys sorted, one line, no escaped slashes.
package enum ControlJSON {
  package static func encode(_ value: some Encodable) throws(FonanaError) -> [UInt8] {
    try encode(value, [])
  }

  /// Over several lines, for eyes.
  package static func text(_ value: some Encodable) throws(FonanaError) -> String {
    String(decoding: try encode(value, .prettyPrinted), as: UTF8.self)
  }

  private static func encode(
    _ value: some Encodable, _ more: JSONEncoder.OutputFormatting
  ) throws(FonanaError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = more.union([.sortedKeys, .withoutEscapingSlashes])
    do {
      return Array(try encoder.encode(value))
    } catch {
      throw FonanaError(.internalDefect, "An answer could not be written as JSON: \(error).")
    }
  }

  /// Fails with a sentence that names the member that is wrong.
  package static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: some Sequence<UInt8>
  ) throws(FonanaError) -> Value {
    try decode(type, from: try tree(of: bytes))
  }

  static func decode<Value: Decodable>(
    _ type: Value.Type, from tree: JSONValue
  ) throws(FonanaError) -> Value {
    do {
      return try Value(from: JSONTreeDecoder(tree))
    } catch let error as DecodingError {
      throw FonanaError(.invalidInput, sentence(for: error))
    } catch {
      throw FonanaError(.invalidInput, "The text is not the JSON that was expected.")
    }
  }

  static func tree(of bytes: some Sequence<UInt8>) throws(FonanaError) -> JSONValue {
    do {
      return try JSONParser.parse(Array(bytes))
    } catch {
      throw FonanaError(.invalidInput, "The text is not JSON.")
    }
  }

  private static func sentence(for error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      "The member “\(path(context, key.stringValue))” is missing."
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "The member “\(path(context))” has the wrong type."
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      "The member “\(path(context))” has a value that is not known."
    default: "The text is not JSON."
    }
  }

  private static func path(_ context: DecodingError.Context, _ last: String? = nil) -> String {
    (context.codingPath.map(\.stringValue) + [last].compactMap { $0 }).joined(separator: ".")
  }
}
