import FonanaCore

/// Replaces who and what somebody is by a mark that is the same within one report and means
/// nothing outside of it: wallets, ids, names; the home folder; and whatever looks like a token.
struct IdentityRedactor {
  private let salt: String
  /// Words that mean a person: nicknames, ids of another form.
  private let names: Set<String>
  private let home: String

  init(names: [String], home: String) {
    self.names = Set(names.filter { !$0.isEmpty })
    self.home = home
    salt = (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }.joined()
  }

  func redact(_ text: String) -> String {
    var text = SecretScrubber.scrub(text)
    if home.count > 1 { text.replace(home, with: "~") }
    var result = ""
    var word = ""
    for character in text {
      if Self.isPartOfWord(character) {
        word.append(character)
      } else {
        result += replaced(word)
        result.append(character)
        word = ""
      }
    }
    return result + replaced(word)
  }

  /// A word may be several, joined by dots or dashes.
  private func replaced(_ word: String) -> String {
    if word.isEmpty { return "" }
    if let mark = mark(of: word) { return mark }
    let cuts: [Character] = [".", "_", "-"]
    guard let cut = cuts.lazy.compactMap({ word.firstIndex(of: $0) }).first else { return word }
    return replaced(String(word[..<cut])) + String(word[cut])
      + replaced(String(word[word.index(after: cut)...]))
  }

  private func mark(of word: String) -> String? {
    if (32...44).contains(word.utf8.count), Base58.decode(word)?.count == 32 {
      return "<wallet \(hash(word))>"
    }
    if Self.isID(word) || Self.isUUID(word) { return "<id \(hash(word))>" }
    return names.contains(word) ? "<name \(hash(word))>" : nil
  }

  private func hash(_ word: String) -> String {
    var hash = SHA256()
    hash.update(Array("\(salt)/\(word)".utf8))
    return String(hash.finish().prefix(8))
  }

  /// cuid: 25 characters that begin with `c`.
  private static func isID(_ word: String) -> Bool {
    word.utf8.count == 25 && word.hasPrefix("c")
      && word.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
  }

  private static func isUUID(_ word: String) -> Bool {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
      && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
  }

  private static func isPlain(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber)
  }

  private static func isPartOfWord(_ character: Character) -> Bool {
    isPlain(character) || character == "-" || character == "_" || character == "."
  }
}
