import FoundationEssentials
import Glibc

/// A folder of its own for one test. The path is short, since a Unix socket's may have 107 bytes.
package struct TemporaryHome: Sendable {
  package let path: String

  package init() throws {
    var template = Array("/tmp/fn-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemCallError("mkdtemp", errno) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  package func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, with the folders above it, and gives its path.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    let file = path(name)
    let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? path
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try Data(text.utf8).write(to: URL(filePath: file))
    return file
  }

  package func text(of name: String) throws -> String { try Self.text(at: path(name)) }

  package func bytes(of name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(filePath: path(name))))
  }

  /// Of any file, also one of `/proc`.
  package static func text(at path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  package func remove() throws {
    try FileManager.default.removeItem(atPath: path)
  }
}

/// Gives `body` a temporary home that is gone afterwards. With `FONANA_KEEP` in the environment a
/// home is kept when `body` throws, and its path printed.
package func withTemporaryHome<R>(_ body: (TemporaryHome) async throws -> R) async throws -> R {
  let home = try TemporaryHome()
  do {
    let result = try await body(home)
    try StrayToken.search(below: home.path)
    try home.remove()
    return result
  } catch {
    if getenv("FONANA_KEEP") == nil {
      try? home.remove()
    } else {
      print("kept: \(home.path)")
    }
    throw error
  }
}
