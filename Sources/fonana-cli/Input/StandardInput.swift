import FonanaCore
import Glibc

/// What comes on stdin.
enum StandardInput {
  /// All of it; reading stops after `limit` bytes, so that the caller can tell that it is more.
  static func read(limit: Int) throws(FonanaError) -> [UInt8] {
    try read(from: 0, limit: limit, name: "stdin")
  }

  static func read(from descriptor: Int32, limit: Int, name: String) throws(FonanaError)
    -> [UInt8]
  {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while bytes.count <= limit {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw FonanaError(.invalidInput, "\(name) can't be read.", hint: nil)
      }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return bytes
  }
}
