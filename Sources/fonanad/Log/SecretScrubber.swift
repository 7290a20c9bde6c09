/// The last net under the log: whatever looks like a token does not reach it.
///
/// Tokens are `Redacted` in the code; this is for texts of libraries and of the server.
enum SecretScrubber {
  static func scrub(_ text: String) -> String {
    guard text.contains("eyJ") else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "eyJ") {
      let word = rest[start.lowerBound...].prefix(while: isTokenCharacter)
      result += rest[..<start.lowerBound]
      result += word.utf8.count > 16 ? "<redacted>" : word
      rest = rest[word.endIndex...]
    }
    return result + rest
  }

  private static func isTokenCharacter(_ character: Character) -> Bool {
    guard let byte = character.asciiValue else { return false }
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."):
      return true
    default: return false
    }
  }
}
