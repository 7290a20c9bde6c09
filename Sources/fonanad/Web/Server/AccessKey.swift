import FonanaCore

/// A random text that opens something for whoever knows it.
struct AccessKey: Sendable {
  private let text: Redacted<String>

  /// 256 bits.
  init() {
    var random = SystemRandomNumberGenerator()
    let words = (0..<4).map { _ in
      let digits = String(random.next(), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    text = Redacted(words.joined())
  }

  /// For the one who may have it.
  var exposed: String { text.exposed }

  /// Takes as long for a near guess as for a wild one.
  func fits(_ guess: String?) -> Bool {
    guard let guess else { return false }
    let (mine, theirs) = (Array(text.exposed.utf8), Array(guess.utf8))
    guard mine.count == theirs.count else { return false }
    return zip(mine, theirs).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
