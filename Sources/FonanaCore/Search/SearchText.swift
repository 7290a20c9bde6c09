/// How a text is prepared for the full-text index, and a query in the same way.
///
/// The index parts words where neither a letter, a number nor a symbol stands, as far as its tables
/// go (Unicode 6.1: what is younger is a letter to it). Chinese, Japanese, Korean and Thai are
/// written without such places, and a symbol may touch a word: each of their signs becomes a word
/// of its own here, so that any part of a sentence is found.
package enum SearchText {
  /// Parts two words and is never shown: a zero-width space.
  package static let parting: Unicode.Scalar = "\u{200B}"

  /// nil: the text is its own index text, as most are.
  package static func indexed(_ text: String) -> String? {
    guard text.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in composed(text).unicodeScalars {
      guard let folded = folded(scalar) else { continue }
      if let previous, parts(previous, scalar) { result.append(parting) }
      result.append(folded)
      previous = scalar
    }
    return result.elementsEqual(text.unicodeScalars) ? nil : String(result)
  }

  /// What stands in the index for one sign of a text, the partings aside.
  package static func folded(_ character: Character) -> [Unicode.Scalar] {
    if let byte = character.asciiValue { return [Unicode.Scalar(byte)] }
    return composed(String(character)).unicodeScalars.compactMap(folded)
  }

  /// Each letter with its marks as one sign where there is one (Unicode's NFC): some keyboards and
  /// systems write them apart.
  private static func composed(_ text: String) -> String {
    String(decoding: text._nfcCodeUnits, as: UTF8.self)
  }

  /// Letters that people type for each other and the index would hold apart: it takes marks off
  /// Latin letters only, and a stroke is no mark. nil: a vowel or another mark that Arabic and
  /// Hebrew are mostly written without, and what shapes or turns a text and is not seen.
  private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "ё": "е"
    case "Ё": "Е"
    case "ł", "Ł": "l"
    case "đ", "Đ", "ð", "Ð": "d"
    case "ø", "Ø": "o"
    case "ħ", "Ħ": "h"
    case "ŧ", "Ŧ": "t"
    case "ı": "i"
    case "ά", "Ά": "α"
    case "έ", "Έ": "ε"
    case "ή", "Ή": "η"
    case "ί", "ϊ", "ΐ", "Ί", "Ϊ": "ι"
    case "ό", "Ό": "ο"
    case "ύ", "ϋ", "ΰ", "Ύ", "Ϋ": "υ"
    case "ώ", "Ώ": "ω"
    case "ς": "σ"
    case "أ", "إ", "آ", "ٱ": "ا"
    case "ى", "ی": "ي"
    case "ک": "ك"
    case "ة": "ه"
    case "\u{2bc}": "'"
    case "\u{ad}", "\u{200c}"..."\u{200f}", "\u{202a}"..."\u{202e}", "\u{2060}",
      "\u{2066}"..."\u{2069}", "\u{feff}":
      nil
    case "\u{591}"..."\u{5bd}", "\u{5bf}", "\u{5c1}", "\u{5c2}", "\u{5c4}", "\u{5c5}", "\u{5c7}",
      "\u{610}"..."\u{61a}", "\u{640}", "\u{64b}"..."\u{65f}", "\u{670}",
      "\u{6d6}"..."\u{6dc}", "\u{6df}"..."\u{6e4}", "\u{6e7}", "\u{6e8}", "\u{6ea}"..."\u{6ed}":
      nil
    case "０"..."９", "Ａ"..."Ｚ", "ａ"..."ｚ": Unicode.Scalar(scalar.value - 0xfee0)
    default: scalar
    }
  }

  /// Whether the index finds a word that has this sign.
  package static func isIndexed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .privateUse, .otherSymbol:
      true
    default: false
    }
  }

  private static func parts(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
    (standsAlone(left) || standsAlone(right)) && left != " " && right != " "
  }

  private static func standsAlone(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0e01...0x0e7f,  // Thai
      0x2139, 0x2300...0x27bf, 0x2b00...0x2bff,  // signs, some of them letters to Unicode
      0x3040...0x30ff, 0x31f0...0x31ff, 0xff66...0xff9d,  // kana
      0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff, 0x20000...0x3ffff,  // Han
      0xac00...0xd7af,  // Hangul
      0x1f000...0x1faff:  // emoji
      true
    case ..<0x80, 0x400...0x52f: false  // Latin and Cyrillic, without a look into the tables
    default: isSymbol(scalar)
    }
  }

  private static func isSymbol(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .otherSymbol, .currencySymbol, .mathSymbol, .modifierSymbol: true
    default: false
    }
  }
}
