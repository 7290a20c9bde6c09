import ControlProtocol
import FonanaCore
import Glibc

/// A Solana CLI keypair: 64 numbers in JSON, the seed of the key and then the address. It is read
/// once, for one login, and nothing of the seed is kept.
struct KeypairFile {
  let wallet: WalletAddress
  let proof: LoginProof

  init(path: String, at now: Timestamp) throws(FonanaError) {
    // A pipe that nobody writes to would be waited for.
    let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard number >= 0 else { throw Self.refused(path, SystemError.text(errno)) }
    let file = OwnedDescriptor(owning: number)
    try Self.checkRights(file, path)
    try self.init(
      try StandardInput.read(from: file.number, limit: 4096, name: path), path, at: now)
  }

  init(_ bytes: [UInt8], _ path: String, at now: Timestamp) throws(FonanaError) {
    guard let numbers = try? ControlJSON.decode([UInt8].self, from: bytes), numbers.count == 64
    else { throw Self.refused(path, "it does not hold 64 numbers from 0 to 255") }
    let seed = Array(numbers[..<32])
    guard Ed25519.publicKey(of: seed) == Array(numbers[32...]) else {
      throw Self.refused(path, "its key does not belong to its address")
    }
    wallet = try WalletAddress(validating: Base58.encode(numbers[32...]))
    proof = LoginProof(WalletProof(seed: seed, at: now, nonce: ClientID.random().rawValue))
  }

  private static func checkRights(_ file: OwnedDescriptor, _ path: String) throws(FonanaError) {
    var info = stat()
    guard fstat(file.number, &info) == 0 else { throw refused(path, SystemError.text(errno)) }
    guard info.st_mode & S_IFMT == S_IFREG else {
      throw refused(path, info.st_mode & S_IFMT == S_IFDIR ? "it is a folder" : "it is no file")
    }
    guard info.st_uid == geteuid() else { throw refused(path, "it belongs to another user") }
    guard info.st_mode & 0o077 == 0 else {
      throw FonanaError(
        .invalidInput,
        "The keypair \(DisplayText.line(path, limit: 80)) can't be used: others can read it.",
        hint: "Type “chmod 600 \(DisplayText.line(path, limit: 80))”.")
    }
  }

  private static func refused(_ path: String, _ why: String) -> FonanaError {
    FonanaError(
      .invalidInput, "The keypair \(DisplayText.line(path, limit: 80)) can't be used: \(why).",
      hint: "Name the file that “solana-keygen” made, or use --wallet ADDRESS.")
  }
}

extension LoginProof {
  init(_ proof: WalletProof) {
    self.init(message: proof.message, signature: proof.signature.exposed)
  }
}
