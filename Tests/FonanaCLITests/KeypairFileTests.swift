import ControlProtocol
import FonanaCore
import FonanaTestSupport
import Glibc
import Testing

@testable import fonana_cli

@Suite struct KeypairFileTests {
  private static let seed = [UInt8](repeating: 7, count: 32)
  private static let now = Timestamp(milliseconds: 1_764_000_000_007)

  private func text(_ key: [UInt8]) -> String { "\(Self.seed + key)" }

  @Test func aKeypairGivesItsAddressAndASignedMessage() async throws {
    try await withTemporaryHome { home in
      let key = Ed25519.publicKey(of: Self.seed)
      let path = try home.write(text(key), to: "id.json")
      chmod(path, 0o600)
      let file = try KeypairFile(path: path, at: Self.now)
      #expect(Base58.decode(file.wallet.text) == key)
      #expect(file.proof.message.contains("Timestamp: 1764000000007\nNonce: "))
      #expect(
        Base58.decode(file.proof.signature)
          == Ed25519.signature(of: Array(file.proof.message.utf8), seed: Self.seed))
    }
  }

  @Test func aKeypairThatOthersCanReadIsRefused() async throws {
    try await withTemporaryHome { home in
      let path = try home.write(text(Ed25519.publicKey(of: Self.seed)), to: "id.json")
      chmod(path, 0o640)
      let error = #expect(throws: FonanaError.self) { try KeypairFile(path: path, at: Self.now) }
      #expect(error?.message.contains("others can read it") == true)
      #expect(error?.hint?.contains("chmod 600") == true)
    }
  }

  @Test func whatIsNoRegularFileIsRefusedAtOnce() async throws {
    try await withTemporaryHome { home in
      #expect(mkfifo(home.path("pipe"), 0o600) == 0)
      for (path, why) in [(home.path("pipe"), "is no file"), (home.path, "is a folder")] {
        let error = #expect(throws: FonanaError.self) {
          try KeypairFile(path: path, at: Self.now)
        }
        #expect(error?.message.contains(why) == true, "\(path)")
        #expect(error?.hint?.contains("solana-keygen") == true)
      }
    }
  }

  @Test func aKeyThatDoesNotBelongToItsAddressIsRefused() {
    let text = text([UInt8](repeating: 1, count: 32))
    let error = #expect(throws: FonanaError.self) {
      try KeypairFile(Array(text.utf8), "k.json", at: Self.now)
    }
    #expect(error?.message.contains("does not belong") == true)
  }

  @Test(arguments: ["[1,2]", "{}", "", "[300]", "\"text\""])
  func whatIsNoKeypairIsRefused(text: String) {
    let error = #expect(throws: FonanaError.self) {
      try KeypairFile(Array(text.utf8), "k.json", at: Self.now)
    }
    #expect(error?.code == .invalidInput)
  }
}
