package import FonanaCore

/// Writes JSON by hand, as `ControlJSON` writes it: the members of an object come in the order of
/// their names, by the care of who calls.
///
/// The encoders that the compiler writes look types up at run time and build a tree first. What is
/// asked for often is written with this instead.
package struct JSONWriter {
  package private(set) var bytes: [UInt8] = []
  /// Nothing stands yet in the object or array that is open.
  private var isFirst = true

  package init() {}

  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    bytes.append(UInt8(ascii: "{"))
    isFirst = true
    members(&self)
    isFirst = false
    bytes.append(UInt8(ascii: "}"))
  }

  package mutating func member(_ name: StaticString, _ write: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ":")])
    write(&self)
  }

  private mutating func array<Element>(
    _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    bytes.append(UInt8(ascii: "["))
    isFirst = true
    for element in elements {
      separate()
      write(&self, element)
    }
    isFirst = false
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func separate() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  private mutating func plain(_ text: String) { bytes.append(contentsOf: text.utf8) }

  // MARK: values

  package mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    defer { bytes.append(UInt8(ascii: "\"")) }
    let isPlain = text.utf8.allSatisfy { byte in
      byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
    if isPlain { return plain(text) }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): plain(#"\""#)
      case UInt8(ascii: "\\"): plain(#"\\"#)
      case 0x08: plain(#"\b"#)
      case 0x09: plain(#"\t"#)
      case 0x0a: plain(#"\n"#)
      case 0x0c: plain(#"\f"#)
      case 0x0d: plain(#"\r"#)
      case 0..<0x20: plain((byte < 0x10 ? #"\u000"# : #"\u00"#) + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
  }

  package mutating func value(_ value: JSONValue) {
    switch value {
    case .null: plain("null")
    case .bool(let flag): plain(flag ? "true" : "false")
    case .number(let text): number(text)
    case .string(let text): string(text)
    case .array(let elements): array(elements) { $0.value($1) }
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      isFirst = true
      for (name, value) in members.sorted(by: { $0.key < $1.key }) {
        separate()
        string(name)
        bytes.append(UInt8(ascii: ":"))
        self.value(value)
      }
      isFirst = false
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private mutating func number(_ text: String) {
    switch JSONValue.OutgoingNumber(text) {
    case .integer(let number): plain(String(number))
    case .unsigned(let number): plain(String(number))
    case .double(let number): double(number)
    case .text: string(text)
    }
  }

  private mutating func double(_ number: Double) {
    let text = number.description
    plain(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
  }

  // MARK: members

  package mutating func member(_ name: StaticString, _ text: String?) {
    member(name) { json in text.map { json.string($0) } ?? json.value(.null) }
  }

  package mutating func member(_ name: StaticString, _ flag: Bool?) {
    member(name) { json in json.value(flag.map(JSONValue.bool) ?? .null) }
  }

  package mutating func member(_ name: StaticString, _ number: Int?) {
    member(name) { json in json.plain(number.map(String.init) ?? "null") }
  }

  package mutating func member(_ name: StaticString, _ number: Double?) {
    member(name) { json in number.map { json.double($0) } ?? json.value(.null) }
  }

  package mutating func member(_ name: StaticString, _ time: Timestamp?) {
    member(name, time?.description)
  }

  package mutating func member(_ name: StaticString, _ value: JSONValue?) {
    member(name) { json in json.value(value ?? .null) }
  }

  package mutating func member<Value: HandWritten>(_ name: StaticString, _ value: Value?) {
    member(name) { json in value.map { $0.write(to: &json) } ?? json.value(.null) }
  }

  package mutating func member<Value: HandWritten>(_ name: StaticString, _ values: [Value]) {
    member(name) { json in json.array(values) { $1.write(to: &$0) } }
  }
}

/// What a `JSONWriter` is used for; it writes the same as the compiler's encoder.
package protocol HandWritten: Encodable {
  func write(to json: inout JSONWriter)
}
