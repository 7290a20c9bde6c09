import FonanaCore

/// `DisplayText` against what Unicode says of each character.
enum TextTarget {
  static func run(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let line = DisplayText.line(text)
    require(line == ShownText.line(text), "two forms of one text")
    // Marks may join what a control character was made: they are counted anew.
    let again = DisplayText.line(line)
    require(DisplayText.line(again) == again, "what is safe does not stay")
    let tabless = text.filter { $0 != "\t" }
    require(!ShownText.acts(DisplayText.block(tabless, indent: "  ")), "a body acts")
    require(DisplayText.line(text, limit: 20).count <= 20 * 20 + 1, "too long")
  }
}
