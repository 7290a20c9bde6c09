/// What happened, as a hash; and as text when a seed is replayed.
struct Trace {
  private(set) var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  private(set) var lines: [String] = []
  let isKept: Bool

  init(isKept: Bool) { self.isKept = isKept }

  mutating func note(_ at: Duration, _ text: String) {
    for byte in text.utf8 { mix(UInt64(byte)) }
    mix(UInt64(bitPattern: at.components.seconds))
    mix(UInt64(bitPattern: at.components.attoseconds))
    if isKept { lines.append("\(Self.stamp(at))  \(text)") }
  }

  private mutating func mix(_ value: UInt64) { hash = (hash ^ value) &* 0x100_0000_01b3 }

  /// Minutes, seconds and milliseconds.
  static func stamp(_ at: Duration) -> String {
    let (seconds, milliseconds) = (
      at.components.seconds, at.components.attoseconds / 1_000_000_000_000_000
    )
    let parts = [(seconds / 60, 2), (seconds % 60, 2), (milliseconds, 3)]
    let texts = parts.map { value, width in
      let text = String(value)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    return "\(texts[0]):\(texts[1]).\(texts[2])"
  }
}
