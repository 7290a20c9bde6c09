/// Writes one JSON object, member after member.
struct JSONWriter {
  private var parts: [String] = []

  /// Leaves the member out when `value` is nil.
  mutating func add(_ name: String, _ value: String?) {
    if let value { add(name, raw: Self.quoted(value)) }
  }

  mutating func add(_ name: String, _ value: Bool) { add(name, raw: value ? "true" : "false") }

  /// `value` is finite.
  mutating func add(_ name: String, _ value: Double) { add(name, raw: "\(value)") }

  /// `raw` is JSON already.
  mutating func add(_ name: String, raw: String) { parts.append("\(Self.quoted(name)):\(raw)") }

  var text: String { "{" + parts.joined(separator: ",") + "}" }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
