/// A Solana address: base58 text of 32 bytes.
package struct WalletAddress: Hashable, Sendable, Codable, CustomStringConvertible {
  package let text: String

  /// Fails with a sentence that names what is wrong with `text`.
  package init(validating text: String) throws(FonanaError) {
    guard let bytes = Base58.decode(text) else {
      throw Self.invalid(text, "it has a character that base58 does not know")
    }
    guard bytes.count == 32 else {
      throw Self.invalid(text, "it stands for \(bytes.count) bytes, an address has 32")
    }
    self.text = text
  }

  /// For addresses that the server or our own files gave.
  package init(trusting text: String) { self.text = text }

  package init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  package var description: String { text }

  private static func invalid(_ text: String, _ why: String) -> FonanaError {
    FonanaError(
      .invalidInput, "“\(DisplayText.line(text, limit: 60))” is not a Solana address: \(why).",
      hint: "Copy the address from your wallet: 32 to 44 letters and digits.")
  }
}
