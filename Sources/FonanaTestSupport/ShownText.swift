/// What may be shown, by another way than the product's: the properties that Unicode gives its
/// characters, where the product has a list of ranges.
package enum ShownText {
  /// Whether a terminal obeys it, or a reader can't see it or is misled.
  package static func acts(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return true
    default: break
    }
    if properties.isBidiControl || (0xfff9...0xfffb).contains(scalar.value) { return true }
    let isNeeded =
      properties.isVariationSelector || ["\u{ad}", "\u{200c}", "\u{200d}"].contains(scalar)
    return properties.isDefaultIgnorableCodePoint && !isNeeded
  }

  /// Whether there is any such character, but for the line ends of a terminal.
  package static func acts(_ text: String) -> Bool {
    text.contains { $0 != "\r\n" && $0 != "\n" && $0.unicodeScalars.contains(where: acts) }
  }

  /// How a text has to look on one line: at most sixteen marks on a character, and a form that can
  /// be seen for all that acts.
  package static func line(_ text: String) -> String {
    text.map { character in
      character == "\r\n"
        ? "↵" : character.unicodeScalars.prefix(17).map(form).joined()
    }.joined()
  }

  private static func form(_ scalar: Unicode.Scalar) -> String {
    guard acts(scalar) else { return String(Character(scalar)) }
    switch scalar {
    case "\n": return "↵"
    case "\t": return " "
    case "\u{7f}": return "^?"
    default:
      let caret = Unicode.Scalar(scalar.value + 0x40).map { "^\(Character($0))" }
      let number = "<U+" + String(scalar.value, radix: 16, uppercase: true) + ">"
      return scalar.value < 0x20 ? caret ?? number : number
    }
  }
}
