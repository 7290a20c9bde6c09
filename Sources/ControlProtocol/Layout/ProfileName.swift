package import FonanaCore

/// The name of a profile: a folder name that can't leave its place.
package struct ProfileName: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  package static let standard = ProfileName(trusted: "default")

  package init(_ text: String) throws(FonanaError) {
    guard Self.isValid(text) else {
      throw FonanaError(
        .invalidInput, "“\(DisplayText.line(text, limit: 40))” can't be a profile's name.",
        hint: "Use 1 to 32 letters, digits, “-” and “_”, beginning with a letter or digit.")
    }
    self.text = text
  }

  private init(trusted text: String) { self.text = text }

  package var description: String { text }

  private static func isValid(_ text: String) -> Bool {
    guard (1...32).contains(text.utf8.count), let first = text.utf8.first,
      RecipientSigns.isAlphanumeric(first)
    else { return false }
    return text.utf8.allSatisfy {
      RecipientSigns.isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
    }
  }
}
