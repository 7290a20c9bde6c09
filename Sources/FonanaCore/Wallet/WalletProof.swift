/// A sentence signed with a wallet's key: it shows a server that the wallet is one's own. Good for
/// five minutes (docs/protocol.md, 2).
package struct WalletProof: Sendable, Equatable, Codable {
  package var message: String
  /// In base58. Who has it can log in as long as it is good.
  package var signature: Redacted<String>

  package init(message: String, signature: Redacted<String>) {
    self.message = message
    self.signature = signature
  }

  /// Signs with the key of a seed of 32 bytes.
  package init(seed: [UInt8], at now: Timestamp, nonce: String) {
    message =
      "Sign this message to authenticate with Fonana.\n\n"
      + "Timestamp: \(now.milliseconds)\nNonce: \(nonce)"
    signature = Redacted(
      Base58.encode(Ed25519.signature(of: Array(message.utf8), seed: seed)))
  }

  private enum CodingKeys: String, CodingKey { case message, signature }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    message = try container.decode(String.self, forKey: .message)
    signature = try container.decode(NamedSecret.self, forKey: .signature).secret
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(message, forKey: .message)
    try container.encode(NamedSecret(signature), forKey: .signature)
  }
}

extension WalletProof: Hashable {
  package func hash(into hasher: inout Hasher) { hasher.combine(message) }
}
