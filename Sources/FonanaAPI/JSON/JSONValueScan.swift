/// Finds where a JSON value ends, byte by byte and without recursion, so that neither a value cut
/// into pieces nor deep nesting matters. It matches brackets and strings; it does not validate.
struct JSONValueScan {
  enum Step: Equatable {
    case more
    /// The byte is the last one of the value.
    case endsHere
    /// The value ended before this byte.
    case endedBefore
  }

  private enum Kind { case unknown, scalar, string, container }

  private var kind = Kind.unknown
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// How deep the brackets went; 0 for a scalar.
  private(set) var deepest = 0

  mutating func take(_ byte: UInt8) -> Step {
    if isInString { return takeInString(byte) }
    switch byte {
    case UInt8(ascii: "\""):
      if kind == .scalar { return .endedBefore }
      if kind == .unknown { kind = .string }
      isInString = true
      return .more
    case UInt8(ascii: "{"), UInt8(ascii: "["): return open()
    case UInt8(ascii: "}"), UInt8(ascii: "]"): return close()
    default:
      if kind == .unknown { kind = .scalar }
      let isEnd = byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") || byte.isJSONSpace
      return kind == .scalar && isEnd ? .endedBefore : .more
    }
  }

  private mutating func takeInString(_ byte: UInt8) -> Step {
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isInString = false
      return kind == .string ? .endsHere : .more
    }
    return .more
  }

  private mutating func open() -> Step {
    if kind == .scalar { return .endedBefore }
    kind = .container
    depth += 1
    deepest = max(deepest, depth)
    return .more
  }

  private mutating func close() -> Step {
    guard kind == .container else { return .endedBefore }
    depth -= 1
    return depth == 0 ? .endsHere : .more
  }
}

extension UInt8 {
  var isJSONSpace: Bool { self == 0x20 || self == 0x0a || self == 0x0d || self == 0x09 }
}
