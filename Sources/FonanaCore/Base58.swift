/// Base58 with Bitcoin's alphabet, as Solana writes addresses.
package enum Base58 {
  private static let alphabet = Array(
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)

  private static let values: [UInt8: Int] = Dictionary(
    uniqueKeysWithValues: alphabet.enumerated().map { ($1, $0) })

  /// nil for a character outside the alphabet, for empty and for absurdly long text.
  package static func decode(_ text: String) -> [UInt8]? {
    guard !text.isEmpty, text.utf8.count <= 128 else { return nil }
    var bytes: [UInt8] = []  // least significant first
    for character in text.utf8 {
      guard var carry = values[character] else { return nil }
      for i in bytes.indices {
        carry += Int(bytes[i]) * 58
        bytes[i] = UInt8(carry & 0xff)
        carry >>= 8
      }
      while carry > 0 {
        bytes.append(UInt8(carry & 0xff))
        carry >>= 8
      }
    }
    let zeros = text.utf8.prefix { $0 == alphabet[0] }.count
    return [UInt8](repeating: 0, count: zeros) + bytes.reversed()
  }

  package static func encode(_ bytes: some Collection<UInt8>) -> String {
    var digits: [Int] = []  // least significant first
    for byte in bytes {
      var carry = Int(byte)
      for i in digits.indices {
        carry += digits[i] << 8
        digits[i] = carry % 58
        carry /= 58
      }
      while carry > 0 {
        digits.append(carry % 58)
        carry /= 58
      }
    }
    let zeros = Array(bytes).prefix { $0 == 0 }.count
    let text = Array(repeating: alphabet[0], count: zeros) + digits.reversed().map { alphabet[$0] }
    return String(decoding: text, as: UTF8.self)
  }
}
