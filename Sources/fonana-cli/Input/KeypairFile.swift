import ControlProtocol
import FonanaCore
import Glibc

/// A Solana CLI keypair: 64 numbers in JSON, of which the last 32 are the address. Only those
/// are kept.
enum KeypairFile {
  static func wallet(at path: String) throws(FonanaError) -> WalletAddress {
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw refused(path, SystemError.text(errno)) }
    let file = OwnedDescriptor(owning: number)
    let bytes = try StandardInput.read(from: file.number, limit: 4096, name: path)
    return try wallet(from: bytes, path)
  }

  static func wallet(from bytes: [UInt8], _ path: String) throws(FonanaError) -> WalletAddress {
    guard let numbers = try? ControlJSON.decode([UInt8].self, from: bytes), numbers.count == 64
    else { throw refused(path, "it does not hold 64 numbers from 0 to 255") }
    return try WalletAddress(validating: Base58.encode(numbers[32...]))
  }

  private static func refused(_ path: String, _ why: String) -> FonanaError {
    FonanaError(
      .invalidInput, "The keypair \(DisplayText.line(path, limit: 80)) can't be used: \(why).",
      hint: "Name the file that “solana-keygen” made, or use --wallet ADDRESS.")
  }
}
