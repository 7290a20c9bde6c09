import FonanaCore

/// Replaces who and what somebody is by a mark that is the same within one report and means
/// nothing outside of it: wallets, ids, names; the home folder; and whatever looks like a token.
struct IdentityRedactor {
  private let salt: String
  /// What people and hooks are called, in lower case: names that are one word of a text.
  private let names: Set<String>
  /// Those that are not, the longest first.
  private let phrases: [String]
  /// No mark stands for more characters of one word.
  private let longest: Int
  private let home: String

  /// `names` may be as a person types them, with `@`.
  init(names: [String], home: String) {
    let bare = Set(names.map { $0.hasPrefix("@") ? String($0.dropFirst()) : $0 })
    phrases = bare.filter { !$0.allSatisfy(Self.isPartOfWord) }.sorted { $0.count > $1.count }
    self.names = Set(bare.subtracting(phrases).filter { !$0.isEmpty }.map { $0.lowercased() })
    longest = max(44, self.names.lazy.map(\.count).max() ?? 0)
    self.home = home
    salt = (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }.joined()
  }

  func redact(_ text: String) -> String {
    var text = SecretScrubber.scrub(text)
    if home.count > 1 { text.replace(home, with: "~") }
    return redact(text[...], phrases[...])
  }

  private func redact(_ text: Substring, _ phrases: ArraySlice<String>) -> String {
    guard let phrase = phrases.first else { return wordByWord(text) }
    return text.split(separator: phrase, omittingEmptySubsequences: false)
      .map { redact($0, phrases.dropFirst()) }.joined(separator: "<name \(hash(phrase))>")
  }

  private func wordByWord(_ text: Substring) -> String {
    var result = ""
    var rest = text
    while let character = rest.first {
      if Self.isPartOfWord(character) {
        let word = rest.prefix(while: Self.isPartOfWord)
        result += replaced(word)
        rest = rest[word.endIndex...]
      } else {
        result.append(character)
        rest.removeFirst()
      }
    }
    return result
  }

  /// A word may be several, joined by dots or dashes.
  private func replaced(_ word: Substring) -> String {
    var result = ""
    var rest = word
    while !rest.isEmpty {
      let head = rest.prefix(longest + 1)
      let joints = head.indices.filter { Self.isJoint(head[$0]) }
      let ends = (head.endIndex == rest.endIndex ? [rest.endIndex] : []) + joints.reversed()
      let marked = ends.lazy.compactMap { end in
        mark(of: String(rest[..<end])).map { ($0, end) }
      }.first
      let next = marked?.1 ?? rest.firstIndex(where: Self.isJoint) ?? rest.endIndex
      result += marked?.0 ?? String(rest[..<next])
      rest = rest[next...]
      while let joint = rest.first, Self.isJoint(joint) { result.append(rest.removeFirst()) }
    }
    return result
  }

  private func mark(of word: String) -> String? {
    if (32...44).contains(word.utf8.count), Base58.decode(word)?.count == 32 {
      return "<wallet \(hash(word))>"
    }
    if Self.isID(word) || Self.isUUID(word) { return "<id \(hash(word))>" }
    return names.contains(word.lowercased()) ? "<name \(hash(word.lowercased()))>" : nil
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

  private static func isJoint(_ character: Character) -> Bool {
    character == "-" || character == "_" || character == "."
  }

  private static func isPartOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || isJoint(character)
  }
}
