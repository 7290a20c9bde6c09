/// Inputs for fuzzing: those of a corpus, broken again and again in a repeatable way.
package struct Mutator {
  private var random: SeededRandom
  private let corpus: [[UInt8]]
  /// Pieces that parsers trip over.
  private let pieces: [[UInt8]]

  package init(seed: UInt64, corpus: [String], pieces: [String] = []) {
    random = SeededRandom(seed: seed)
    self.corpus = corpus.map { Array($0.utf8) }
    self.pieces =
      (pieces + Self.usual).map { Array($0.utf8) } + [[0xff], [0xc3], [0xed, 0xa0, 0x80]]
  }

  private static let usual = [
    "\"", "\\", "\\ud800", "\\u0000", "{", "[", "}", "]", "null", "-1", "1e999", "\u{1b}[",
    "\u{202e}",
    String(repeating: "[", count: 200), String(repeating: "9", count: 400), "\u{0301}\u{0301}",
    "\n",
  ]

  package mutating func next() -> [UInt8] {
    var bytes = corpus.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 1...6, using: &random) { mutate(&bytes) }
    return Array(bytes.prefix(8192))
  }

  private mutating func mutate(_ bytes: inout [UInt8]) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 0...12, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: bytes.removeSubrange(place..<end)
    case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 3: bytes.insert(.random(in: 0...255, using: &random), at: place)
    case 4: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
    default:
      let other = corpus.randomElement(using: &random) ?? []
      bytes = Array(bytes[..<place]) + other.suffix(max(0, other.count - place))
    }
  }
}
