package import FonanaCore

extension JSONValue {
  /// Reads text of others. What is no JSON, or nested beyond `depthLimit`, is kept as a string:
  /// it is shown as it came and can't harm the reader.
  package init(_ json: JSONText) {
    self = Self.parse(json.text) ?? .string(json.text)
  }

  /// nil when `text` is no JSON or is nested too deeply.
  package static func parse(_ text: String) -> JSONValue? {
    guard JSONDepth.of(text.utf8, limit: depthLimit) != nil else { return nil }
    return try? JSONParser.parse(Array(text.utf8))
  }
}

/// How deeply JSON is nested, seen without recursion and before anything is decoded.
package enum JSONDepth {
  /// nil when it is deeper than `limit`.
  package static func of(_ bytes: some Sequence<UInt8>, limit: Int) -> Int? {
    var (depth, deepest) = (0, 0)
    var isInString = false
    var isEscaped = false
    for byte in bytes {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        deepest = max(deepest, depth)
        if depth > limit { return nil }
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
    }
    return deepest
  }
}
