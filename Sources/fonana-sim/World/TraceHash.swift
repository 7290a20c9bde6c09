/// FNV-1a over what happens. A trace is compared far more often than it is read, so that the hash
/// is made of numbers and names, not of the lines.
struct TraceHash {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func mix(_ word: UInt64) { value = (value ^ word) &* 0x100_0000_01b3 }
  mutating func mix(_ number: Int) { mix(UInt64(bitPattern: Int64(number))) }
  mutating func mix(_ duration: Duration) { mix(UInt64(truncatingIfNeeded: duration.attoseconds)) }

  mutating func mix(_ text: String) {
    for byte in text.utf8 { mix(UInt64(byte)) }
  }

  mutating func mix(_ mark: some Traced) { mark.mix(into: &self) }
}

/// Something that a trace tells of: as a line, and as a mark for the hash that says no less.
protocol Traced {
  var label: String { get }
  func mix(into hash: inout TraceHash)
}
