import FonanaCore
import Testing

/// The vectors of RFC 8032, 7.1, and of FIPS 180-4 through them.
@Suite struct Ed25519Tests {
  static let vectors = [
    (
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        + "d25bf5f0595bbe24655141438e7a100b"
    ),
    (
      "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        + "4a7c15e9716ed28dc027beceea1ec40a"
    ),
    // Its message makes the hash go over more than one block.
    (
      "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
      "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
        + "454d4423643ce80e2a9ac94fa54ca49f",
      "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
        + "3dca179c138ac17ad9bef1177331a704"
    ),
  ]

  private func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.utf8.map { $0 < 58 ? $0 - 48 : $0 - 87 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  @Test(arguments: vectors)
  func keysAndSignaturesAreThoseOfTheStandard(
    seed: String, key: String, message: String, signature: String
  ) {
    #expect(Ed25519.publicKey(of: bytes(seed)) == bytes(key))
    #expect(Ed25519.signature(of: bytes(message), seed: bytes(seed)) == bytes(signature))
  }

  @Test func aProofSaysWhatTheServerWouldAskFor() {
    let proof = WalletProof(
      seed: bytes(Self.vectors[0].0), at: Timestamp(milliseconds: 1_764_000_000_007), nonce: "n")
    #expect(
      proof.message
        == "Sign this message to authenticate with Fonana.\n\nTimestamp: 1764000000007\nNonce: n")
    let signature = Ed25519.signature(
      of: Array(proof.message.utf8), seed: bytes(Self.vectors[0].0))
    #expect(Base58.decode(proof.signature.exposed) == signature)
    #expect(!"\(proof)".contains(proof.signature.exposed))
  }
}
