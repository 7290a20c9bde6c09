import Glibc

package enum JournalError: Error, Equatable, CustomStringConvertible {
  /// `number`: errno.
  case unusable(path: String, number: Int32)
  case malformed(path: String, line: Int)

  package var description: String {
    switch self {
    case .unusable(let path, let number):
      "The data file \(path) can't be used: \(String(cString: strerror(number)))."
    case .malformed(let path, let line): "The data file \(path) is broken in line \(line)."
    }
  }
}
