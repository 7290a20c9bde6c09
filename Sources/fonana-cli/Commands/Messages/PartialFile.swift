import ControlProtocol
import FonanaCore
import Glibc

/// A file that gets its name when it is complete, and is gone when it never is, also by Ctrl-C.
final class PartialFile {
  let descriptor: OwnedDescriptor
  private let target: String
  private let path: String

  init(beside target: String) throws(FonanaError) {
    self.target = try Self.place(of: target)
    path = "\(self.target).part-\(getpid())"
    let number = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard number >= 0 else { throw Self.failure(path, errno) }
    descriptor = OwnedDescriptor(owning: number)
    PendingPath.set(path)
  }

  deinit {
    _ = unlink(path)
    PendingPath.clear()
  }

  func write(_ text: String) throws(FonanaError) {
    var text = text
    let failure: Int32 = text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(descriptor.number, rest.baseAddress, rest.count)
        guard count > 0 || errno == EINTR else { return errno }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, count)))
      }
      return 0
    }
    guard failure == 0 else { throw Self.failure(path, failure) }
  }

  /// Gives it its name. An existing file stays unless `replacing`.
  func finish(fileExtension: String?, replacing: Bool) throws(FonanaError) -> String {
    let name = fileExtension.map { "\(target).\($0)" } ?? target
    guard fsync(descriptor.number) == 0 else { throw Self.failure(name, errno) }
    let result = replacing ? rename(path, name) : nameAnew(name)
    guard result == 0 else { throw Self.failure(name, errno) }
    return name
  }

  /// Where there are no links, as on most sticks, an empty file takes the name first.
  private func nameAnew(_ name: String) -> Int32 {
    let result = link(path, name)
    guard result != 0, errno == EPERM || errno == EOPNOTSUPP else { return result }
    let number = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard number >= 0 else { return -1 }
    close(number)
    return rename(path, name)
  }

  /// A link stays and leads to the new file; a pipe or a device stays what it is.
  private static func place(of target: String) throws(FonanaError) -> String {
    var status = stat()
    guard stat(target, &status) == 0 else { return target }
    guard [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
      throw FonanaError(
        .invalidInput, "\(DisplayText.line(target)) is no file.",
        hint: "Leave -o out, and lead the output there with “>”.")
    }
    guard let resolved = realpath(target, nil) else { return target }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func failure(_ path: String, _ number: Int32) -> FonanaError {
    let isThere = number == EEXIST
    return FonanaError(
      isThere ? .conflict : .storeUnwritable,
      "\(DisplayText.line(path)) can't be written: \(SystemError.text(number)).",
      hint: isThere ? "Name another file with -o." : "Check the rights and the free space there.")
  }
}
