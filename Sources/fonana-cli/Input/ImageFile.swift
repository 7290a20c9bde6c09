import ControlProtocol
import FonanaCore
import Glibc

/// An image that is to be sent, open and checked by its first bytes, never by its name.
struct ImageFile {
  static let byteLimit = 10 << 20

  let descriptor: OwnedDescriptor

  init(path: String) throws(FonanaError) {
    let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard number >= 0 else {
      throw Self.refused(path, SystemError.text(errno), "Check the path and the rights.")
    }
    descriptor = OwnedDescriptor(owning: number)
    var status = stat()
    guard fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Self.refused(path, "it is not a file", "Name a PNG, JPEG, GIF or WebP file.")
    }
    guard status.st_size <= Self.byteLimit else {
      throw Self.refused(
        path, "it has \(status.st_size) bytes, the server takes \(Self.byteLimit)",
        "Make it smaller.")
    }
    var head = [UInt8](repeating: 0, count: 16)
    let count = pread(number, &head, head.count, 0)
    guard count > 0, ImageKind(head: head[..<count]) != nil else {
      throw Self.refused(
        path, "it is neither PNG, JPEG, GIF nor WebP", "Convert it to one of these.")
    }
  }

  private static func refused(_ path: String, _ why: String, _ hint: String) -> FonanaError {
    FonanaError(
      .invalidInput, "“\(DisplayText.line(path, limit: 80))” can't be sent: \(why).", hint: hint)
  }
}
