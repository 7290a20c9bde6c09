import FonanaCore
import Glibc

/// What the system says of itself.
enum SystemFacts {
  static var kernel: String {
    var names = utsname()
    guard uname(&names) == 0 else { return "?" }
    func text<T>(_ field: T) -> String {
      withUnsafeBytes(of: field) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
    }
    return "\(text(names.sysname)) \(text(names.release)) \(text(names.machine))"
  }

  /// From os-release(5).
  static var distribution: String {
    let descriptor = open("/etc/os-release", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "?" }
    defer { close(descriptor) }
    let bytes = FileBytes.readAll(descriptor, limit: 16_384) ?? []
    let name = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix("PRETTY_NAME=") }
    return name.map { String($0.dropFirst(12).filter { $0 != "\"" }) } ?? "?"
  }
}
