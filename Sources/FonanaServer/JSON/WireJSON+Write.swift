/// The writer fills a `String`: the standard library's own code does the copying, which keeps
/// debug builds, in which this server mostly runs, fast.
extension WireJSON {
  /// The compact text of the value in UTF-8.
  package var bytes: [UInt8] {
    Array(text.utf8)
  }

  package var text: String {
    var output = ""
    write(to: &output)
    return output
  }

  func write(to output: inout String) {
    switch self {
    case .null: output += "null"
    case .bool(let flag): output += flag ? "true" : "false"
    case .number(let digits): output += digits
    case .string(let text): Self.writeString(text, to: &output)
    case .array(let values): Self.writeArray(values, to: &output)
    case .object(let members): Self.writeObject(members, to: &output)
    }
  }

  private static func writeArray(_ values: [WireJSON], to output: inout String) {
    var separator = "["
    for value in values {
      output += separator
      value.write(to: &output)
      separator = ","
    }
    output += values.isEmpty ? "[]" : "]"
  }

  private static func writeObject(_ members: [Member], to output: inout String) {
    var separator = "{"
    for member in members {
      output += separator
      writeString(member.key, to: &output)
      output += ":"
      member.value.write(to: &output)
      separator = ","
    }
    output += members.isEmpty ? "{}" : "}"
  }

  private static func writeString(_ text: String, to output: inout String) {
    output += "\""
    if needsEscape(text) {
      for scalar in text.unicodeScalars { writeEscaped(scalar, to: &output) }
    } else {
      output += text
    }
    output += "\""
  }

  private static func needsEscape(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      for byte in bytes where byte < 0x20 || byte == 0x22 || byte == 0x5C { return true }
      return false
    }
  }

  private static func writeEscaped(_ scalar: Unicode.Scalar, to output: inout String) {
    switch scalar {
    case "\"": output += "\\\""
    case "\\": output += "\\\\"
    case "\n": output += "\\n"
    case "\r": output += "\\r"
    case "\t": output += "\\t"
    case "\0"..<" ":
      let digits = String(scalar.value, radix: 16)
      output += digits.utf8.count == 1 ? "\\u000" : "\\u00"
      output += digits
    default: output.unicodeScalars.append(scalar)
    }
  }
}
