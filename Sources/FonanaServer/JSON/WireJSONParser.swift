/// Reads one JSON text (RFC 8259). Bad UTF-8 and lone surrogates become U+FFFD, as they do on their
/// way into the real server's database.
struct WireJSONParser {
  struct Failure: Error, Equatable {
    let offset: Int
  }

  private static let maximumDepth = 512

  private let bytes: [UInt8]
  private var position = 0

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  static func parse(_ bytes: some Sequence<UInt8>) throws(Failure) -> WireJSON {
    var parser = WireJSONParser(Array(bytes))
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.position == parser.bytes.count else { throw parser.failure }
    return value
  }

  private var failure: Failure { Failure(offset: position) }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func expect(_ byte: UInt8) throws(Failure) {
    guard current == byte else { throw failure }
    position += 1
  }

  private mutating func value(depth: Int) throws(Failure) -> WireJSON {
    guard depth < Self.maximumDepth else { throw failure }
    skipSpace()
    switch current {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: StaticString, _ value: WireJSON) throws(Failure) -> WireJSON {
    for index in 0..<word.utf8CodeUnitCount {
      try expect(word.utf8Start[index])
    }
    return value
  }

  private mutating func object(depth: Int) throws(Failure) -> WireJSON {
    try expect(UInt8(ascii: "{"))
    var members: [WireJSON.Member] = []
    skipSpace()
    if current == UInt8(ascii: "}") {
      position += 1
      return .object(members)
    }
    while true {
      skipSpace()
      let key = try string()
      skipSpace()
      try expect(UInt8(ascii: ":"))
      let value = try value(depth: depth + 1)
      members.removeAll { $0.key == key }
      members.append(.init(key: key, value: value))
      if try !continues(until: UInt8(ascii: "}")) { return .object(members) }
    }
  }

  private mutating func array(depth: Int) throws(Failure) -> WireJSON {
    try expect(UInt8(ascii: "["))
    var values: [WireJSON] = []
    skipSpace()
    if current == UInt8(ascii: "]") {
      position += 1
      return .array(values)
    }
    while true {
      values.append(try value(depth: depth + 1))
      if try !continues(until: UInt8(ascii: "]")) { return .array(values) }
    }
  }

  /// Takes the comma (true) or the closing bracket (false) behind an element.
  private mutating func continues(until end: UInt8) throws(Failure) -> Bool {
    skipSpace()
    guard current != end else {
      position += 1
      return false
    }
    try expect(UInt8(ascii: ","))
    return true
  }

  private mutating func number() throws(Failure) -> WireJSON {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    if current == UInt8(ascii: "0") {
      position += 1
    } else {
      try digits()
    }
    if current == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func digits() throws(Failure) {
    let start = position
    while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      position += 1
    }
    guard position > start else { throw failure }
  }

  private mutating func string() throws(Failure) -> String {
    try expect(UInt8(ascii: "\""))
    var units: [UInt8] = []
    while let byte = current {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
      case UInt8(ascii: "\\"): units.append(contentsOf: try escape().utf8)
      case 0..<0x20: throw failure
      default: units.append(byte)
      }
    }
    throw failure
  }

  private mutating func escape() throws(Failure) -> String {
    guard let byte = current else { throw failure }
    position += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw failure
    }
  }

  private mutating func unicodeEscape() throws(Failure) -> String {
    var units = [try hexUnit()]
    let isLead = UTF16.isLeadSurrogate(units[0])
    if isLead, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    {
      let before = position
      position += 2
      let second = try hexUnit()
      if UTF16.isTrailSurrogate(second) {
        units.append(second)
      } else {
        position = before
      }
    }
    return String(decoding: units, as: UTF16.self)
  }

  private mutating func hexUnit() throws(Failure) -> UInt16 {
    guard position + 4 <= bytes.count else { throw failure }
    let text = String(decoding: bytes[position..<position + 4], as: UTF8.self)
    guard text.allSatisfy(\.isHexDigit), let unit = UInt16(text, radix: 16) else { throw failure }
    position += 4
    return unit
  }
}

extension WireJSON {
  /// The value of a JSON text; nil when it is not one.
  package init?(parsing bytes: some Sequence<UInt8>) {
    guard let value = try? WireJSONParser.parse(bytes) else { return nil }
    self = value
  }
}
