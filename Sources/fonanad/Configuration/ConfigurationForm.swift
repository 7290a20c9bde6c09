import FonanaCore

/// The form that settings may have: tables, keys and plain values, no tables within a line.
///
/// The reader of TOML ends the process at much that is none (found by fuzzing), so that it gets
/// nothing else to read.
struct ConfigurationForm {
  private static let depthLimit = 8

  /// At the first place that does not fit; the line counts from one.
  struct Problem: Error, Equatable {
    let line: Int
    let what: String
  }

  private let bytes: [UInt8]
  private var place = 0
  private var line = 1

  static func check(_ text: String) throws(Problem) {
    var form = ConfigurationForm(bytes: Array(text.utf8))
    try form.statements()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func statements() throws(Problem) {
    skipLines()
    while let next = peek {
      if next == UInt8(ascii: "[") { try header() } else { try pair() }
      skipBlanks()
      skipComment()
      guard peek == nil || isLineEnd else { throw problem("“\(shown)” has no place there") }
      skipLines()
    }
  }

  private mutating func header() throws(Problem) {
    place += 1
    let isList = take("[")
    try keys("a table has no name")
    guard take("]"), !isList || take("]") else { throw problem("a “]” is missing") }
  }

  private mutating func pair() throws(Problem) {
    try keys("this is no key")
    guard take("=") else { throw problem("a “=” is missing") }
    skipBlanks()
    try value(depth: 0)
  }

  /// `a.b."c d"`, with blanks around it.
  private mutating func keys(_ complaint: String) throws(Problem) {
    repeat {
      skipBlanks()
      let start = place
      if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") {
        try text(mayBeLong: false)
      } else {
        while let byte = peek, Self.isBare(byte) { place += 1 }
      }
      guard place > start else { throw problem(complaint) }
      skipBlanks()
    } while take(".")
  }

  private mutating func value(depth: Int) throws(Problem) {
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): try text(mayBeLong: true)
    case UInt8(ascii: "["): try list(depth: depth + 1)
    case UInt8(ascii: "{"): throw problem("a table within a line has no place here")
    default:
      let start = place
      while let byte = peek, Self.isBare(byte) || ".+:".utf8.contains(byte) { place += 1 }
      guard place > start else { throw problem("“\(shown)” is no value") }
      guard !Self.isDate(bytes[start..<place]) else {
        throw problem("a date or a time has no place here, and a text stands in quotes")
      }
    }
  }

  /// No setting is one.
  private static func isDate(_ word: ArraySlice<UInt8>) -> Bool {
    word.contains(UInt8(ascii: ":"))
      || zip(word, word.dropFirst()).contains { first, second in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) && second == UInt8(ascii: "-")
      }
  }

  private mutating func list(depth: Int) throws(Problem) {
    guard depth <= Self.depthLimit else { throw problem("lists in lists, too deep") }
    place += 1
    skipLines()
    while peek != UInt8(ascii: "]") {
      try value(depth: depth)
      skipLines()
      guard take(",") || peek == UInt8(ascii: "]") else { throw problem("a “,” is missing") }
      skipLines()
    }
    guard take("]") else { throw problem("a list has no end") }
  }

  /// In `"` or `'`, or in three of them.
  private mutating func text(mayBeLong: Bool) throws(Problem) {
    guard let quote = peek else { return }
    let isLong = mayBeLong && bytes[place...].starts(with: [quote, quote, quote])
    place += isLong ? 3 : 1
    while let byte = peek {
      if byte == 0x0a {
        guard isLong else { break }
        line += 1
      }
      if byte == quote, !isLong || bytes[place...].starts(with: [quote, quote, quote]) {
        return place += isLong ? closing(quote) : 1
      }
      place += byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") && isEscape ? 2 : 1
    }
    throw problem("a text has no end")
  }

  /// A long text may end with one or two quotes of its own.
  private func closing(_ quote: UInt8) -> Int {
    min(5, bytes[place...].prefix { $0 == quote }.count)
  }

  /// A line that ends with `\` is counted when its end is read.
  private var isEscape: Bool { place + 1 < bytes.count && bytes[place + 1] != 0x0a }

  // MARK: Bytes

  private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }
  private var isLineEnd: Bool {
    peek == 0x0a || peek == 0x0d && place + 1 < bytes.count && bytes[place + 1] == 0x0a
  }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: sign) else { return false }
    place += 1
    return true
  }

  private mutating func skipBlanks() {
    while peek == 0x20 || peek == 0x09 { place += 1 }
  }

  private mutating func skipComment() {
    guard peek == UInt8(ascii: "#") else { return }
    while let byte = peek, byte != 0x0a { place += 1 }
  }

  /// Blanks, comments and line ends.
  private mutating func skipLines() {
    while true {
      skipBlanks()
      skipComment()
      guard isLineEnd else { return }
      place += peek == 0x0d ? 2 : 1
      line += 1
    }
  }

  /// What stands here, for eyes.
  private var shown: String {
    guard let peek, (0x21..<0x7f).contains(peek) else { return "" }
    return String(Unicode.Scalar(peek))
  }

  private func problem(_ what: String) -> Problem { Problem(line: line, what: what) }

  private static func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
