import ControlProtocol
import FonanaCore

/// JSON for the page: every text in it is safe to show.
enum PageJSON {
  private static let longest = 4000

  static func encode(_ value: some Encodable) throws(FonanaError) -> [UInt8] {
    let bytes = try ControlJSON.encode(value)
    guard let tree = JSONValue.parse(String(decoding: bytes, as: UTF8.self)) else {
      throw FonanaError(.internalDefect, "What the page shows is no JSON.")
    }
    return try ControlJSON.encode(safe(tree))
  }

  /// An event of a stream; JSON has no line ends of its own.
  static func event(_ name: String, _ value: some Encodable) throws(FonanaError) -> [UInt8] {
    Array("event: \(name)\ndata: ".utf8) + (try encode(value)) + Array("\n\n".utf8)
  }

  private static func safe(_ value: JSONValue) -> JSONValue {
    switch value {
    case .null, .bool, .number: value
    case .string(let text): .string(DisplayText.line(text, limit: longest))
    case .array(let elements): .array(elements.map(safe))
    case .object(let members): .object(members.mapValues(safe))
    }
  }
}
