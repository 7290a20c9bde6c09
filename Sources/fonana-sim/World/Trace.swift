/// What happened, as a hash; and as text when a seed is replayed.
struct Trace {
  private var digest = TraceHash()
  private(set) var lines: [String] = []
  let isKept: Bool

  init(isKept: Bool) { self.isKept = isKept }

  var hash: UInt64 { digest.value }

  /// `mark` says for the hash what `text` says to a reader.
  mutating func note(
    _ at: Duration, _ text: () -> String, mark: (inout TraceHash) -> Void
  ) {
    digest.mix(at)
    mark(&digest)
    if isKept { lines.append("\(Self.stamp(at))  \(text())") }
  }

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
