package import FonanaCore
import Glibc

/// A lock that its holder keeps as long as this object lives, and that ends with the process.
///
/// The locks belong to the open file (`F_OFD_SETLK`), so one can be looked at without taking it.
package final class LockFile: Sendable {
  package enum State: Sendable, Hashable {
    case free
    /// The record is nil in the moment between the taking and the writing.
    case held(LockRecord?)
  }

  private let descriptor: OwnedDescriptor
  private init(_ descriptor: OwnedDescriptor) { self.descriptor = descriptor }

  /// nil when another holds it.
  package static func acquire(
    _ path: String, _ record: LockRecord? = nil
  ) throws(FonanaError) -> LockFile? {
    let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard number >= 0 else { throw failure(path, errno) }
    let file = LockFile(OwnedDescriptor(owning: number))
    var wish = request(F_WRLCK)
    while fcntl(number, setLock, &wish) != 0 {
      if errno == EINTR { continue }
      if errno == EAGAIN || errno == EACCES { return nil }
      throw failure(path, errno)
    }
    if let record { try file.write(record, path) }
    return file
  }

  package static func state(of path: String) -> State {
    let number = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard number >= 0 else { return .free }
    let descriptor = OwnedDescriptor(owning: number)
    var question = request(F_WRLCK)
    guard fcntl(number, getLock, &question) == 0, question.l_type != Int16(F_UNLCK) else {
      return .free
    }
    return .held(read(descriptor))
  }

  private static func read(_ descriptor: OwnedDescriptor) -> LockRecord? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = pread(descriptor.number, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return try? ControlJSON.decode(LockRecord.self, from: bytes[..<count])
  }

  private func write(_ record: LockRecord, _ path: String) throws(FonanaError) {
    let bytes = try ControlJSON.encode(record) + [UInt8(ascii: "\n")]
    guard ftruncate(descriptor.number, 0) == 0,
      pwrite(descriptor.number, bytes, bytes.count, 0) == bytes.count
    else { throw Self.failure(path, errno) }
  }

  /// F_OFD_GETLK and F_OFD_SETLK, which Swift's Glibc module leaves out.
  private static let (getLock, setLock): (Int32, Int32) = (36, 37)

  private static func request(_ type: Int32) -> flock {
    flock(
      l_type: Int16(type), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
  }

  private static func failure(_ path: String, _ number: Int32) -> FonanaError {
    FonanaError(
      .storeUnwritable, "The lock \(path) can't be used: \(SystemError.text(number)).",
      hint: "Check the rights and the free space there.")
  }
}
