import ControlProtocol
import FonanaCore

/// `--json`: one line, keys sorted, nothing in it that a terminal could obey.
enum JSONOutput {
  static func line(_ value: some Encodable) throws(FonanaError) -> String {
    let bytes = try ControlJSON.encode(value)
    let text = String(decoding: bytes, as: UTF8.self)
    let needsEscapes = bytes.contains { $0 >= 0x7f }
    return (needsEscapes ? escapingHidden(text) : text) + "\n"
  }

  /// Outside of strings JSON has ASCII only, so that every hidden scalar lies in a string.
  private static func escapingHidden(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.value == 0x7f || DisplayText.isHidden(scalar) {
        for unit in UTF16.encode(scalar) ?? .init() { result += "\\u" + hex(unit) }
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func hex(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}

/// A value with `"schema": 1` among its keys.
struct Schematic<Value: Encodable>: Encodable {
  private let value: Value
  init(_ value: Value) { self.value = value }

  private enum CodingKeys: String, CodingKey { case schema }

  func encode(to encoder: any Encoder) throws {
    try value.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(1, forKey: .schema)
  }
}
