import FonanaCore

@testable import FonanaAPI

/// Dates of JSON and of headers, tokens, addresses.
enum TokenTarget {
  static func run(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let time = Timestamp(text) {
      require(Timestamp(time.description) == time, "a time is not read as it is written")
    }
    _ = TokenClaims(of: text)
    _ = HTTPDate.read(text)
    _ = RetryAfter.read(text, now: Timestamp(milliseconds: 1_790_000_000_000))
    if let decoded = Base58.decode(text) {
      require(Base58.encode(decoded) == text, "base58 is not written as it was read")
    }
    _ = try? WalletAddress(validating: text)
  }
}
