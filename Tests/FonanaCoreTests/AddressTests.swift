import FonanaCore
import FonanaTestSupport
import Testing

struct AddressTests {
  @Test func base58KeepsBytesAndLeadingZeros() {
    var random = SeededRandom(seed: 3)
    for _ in 0..<2000 {
      let zeros = [UInt8](repeating: 0, count: Int.random(in: 0...3, using: &random))
      let bytes =
        zeros
        + (0..<Int.random(in: 1...40, using: &random)).map { _ in
          UInt8.random(in: .min ... .max, using: &random)
        }
      #expect(Base58.decode(Base58.encode(bytes)) == bytes)
    }
  }

  @Test(arguments: [
    "DUxkXhMWuo76ofUMtFRZtL8zmVqQnb8twLeB5NcaM4cG",
    "npzAZaN9fDMgLV63b3kv3FF8cLSd8dQSLxyMXASA5T4",
    "So11111111111111111111111111111111111111112", "11111111111111111111111111111111",
  ])
  func acceptsAddressesOf32Bytes(_ text: String) throws {
    #expect(try WalletAddress(validating: text).text == text)
  }

  @Test(arguments: [
    "", "not-a-wallet", "DUxkXhMWuo76ofUMtFRZtL8zmVqQnb8twLeB5NcaM4c0", "1",
    "DUxkXhMWuo76ofUMtFRZtL8zmVqQnb8twLeB5NcaM4cGDUxk",
    " npzAZaN9fDMgLV63b3kv3FF8cLSd8dQSLxyMXASA5T4",
    String(repeating: "z", count: 10_000),
  ])
  func refusesAnythingElseWithASentence(_ text: String) {
    let error = #expect(throws: FonanaError.self) { try WalletAddress(validating: text) }
    #expect(error?.code == .invalidInput)
    #expect(error?.hint != nil)
  }
}
