/// Walks over the signs and values of one level of JSON.
struct JSONCursor {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.allSatisfy(\.isJSONSpace) }

  /// Takes `sign` when it comes next, after space.
  mutating func skip(_ sign: Unicode.Scalar) -> Bool {
    skipSpace()
    guard let next = rest.first, UInt32(next) == sign.value else { return false }
    rest.removeFirst()
    return true
  }

  /// Takes the next value whole.
  mutating func value() -> JSONSlice? {
    skipSpace()
    var scan = JSONValueScan()
    for index in rest.indices {
      switch scan.take(rest[index]) {
      case .more: continue
      case .endsHere: return take(upTo: index + 1)
      case .endedBefore: return index == rest.startIndex ? nil : take(upTo: index)
      }
    }
    return nil
  }

  private mutating func take(upTo end: Int) -> JSONSlice {
    let slice = JSONSlice(trimming: rest[rest.startIndex..<end])
    rest = rest[end...]
    return slice
  }

  private mutating func skipSpace() { rest = rest.drop(while: \.isJSONSpace) }
}
