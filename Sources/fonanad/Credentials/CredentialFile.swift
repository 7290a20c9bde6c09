import ControlProtocol
import FonanaCore
import FoundationEssentials
import Glibc
import SyncEngine

/// The profile's `credentials.json`: the token with the origin and the wallet it is bound to.
struct CredentialFile: CredentialPort {
  let path: String

  func load() async throws(FonanaError) -> StoredCredentials? { try read()?.credentials }

  func save(_ credentials: StoredCredentials) async throws(FonanaError) {
    try write(CredentialRecord(credentials))
  }

  func erase() async throws(FonanaError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw AtomicFile.failure(path, errno) }
    AtomicFile.removeLeftovers(of: path)
    try AtomicFile.syncFolder(of: path)
  }

  func read() throws(FonanaError) -> CredentialRecord? {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw unreadable(errno == ELOOP ? "it is a symbolic link" : SystemError.text(errno))
    }
    defer { close(descriptor) }
    try check(descriptor)
    guard let bytes = FileBytes.readAll(descriptor, limit: 1 << 16) else {
      throw unreadable(SystemError.text(errno))
    }
    guard let record = try? JSONDecoder().decode(CredentialRecord.self, from: Data(bytes)) else {
      throw unreadable("it is damaged")
    }
    return record
  }

  func write(_ record: CredentialRecord) throws(FonanaError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(record) else {
      throw FonanaError(.internalDefect, "The credentials could not be written as JSON.")
    }
    try AtomicFile.write(Array(data), to: path)
  }

  private func check(_ descriptor: Int32) throws(FonanaError) {
    var info = stat()
    guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
      throw unreadable("it is not a file", first: "Move it away. Then type")
    }
    guard info.st_uid == geteuid() else { throw unreadable("it belongs to another user") }
    guard info.st_mode & 0o077 == 0 else { throw unreadable("others can read it") }
  }

  private func unreadable(_ why: String, first verb: String = "Type") -> FonanaError {
    FonanaError(
      .badConfiguration, "The secret file \(path) can't be used: \(why).",
      hint: "\(verb) “fonana login --wallet ADDRESS”, which replaces it; messages and outbox stay.")
  }
}
