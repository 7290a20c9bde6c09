import FoundationEssentials
import Glibc

/// All tests run with everything logged, and none may leave a token anywhere but in
/// `credentials.json`: every home is searched when its test is over, and what our programs print.
package enum StrayToken: Error {
  case inFiles([String])
  case printed(by: String)
  case onPage

  /// `{"alg"`: so every token of the reference server begins.
  private static let mark = "eyJhbGci"
  private static let largestFile = 64 << 20

  package static func isHeld(by text: String) -> Bool { text.contains(mark) }

  /// `page`: what a listener of the daemon's has served.
  package static func search(page: String) throws {
    if isHeld(by: page) { throw StrayToken.onPage }
  }

  static func search(_ program: Program, _ texts: String...) throws {
    guard program.isOurs, texts.contains(where: { isHeld(by: $0) }) else { return }
    throw StrayToken.printed(by: program.path)
  }

  static func search(below folder: String) throws {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
    let found = paths.filter { isOurs($0) && isHeld(byFile: "\(folder)/\($0)") }
    if !found.isEmpty { throw StrayToken.inFiles(found) }
  }

  /// What the daemon keeps and writes; other programs of a test may quote a token.
  private static func isOurs(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    guard let name = parts.last, !name.hasPrefix("credentials.json") else { return false }
    return parts.contains("state") || parts.contains("data") || name.hasSuffix(".log")
  }

  private static func isHeld(byFile path: String) -> Bool {
    var facts = stat()
    // A pipe or a socket would be waited for.
    guard lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG,
      facts.st_size <= largestFile, let data = try? Data(contentsOf: URL(filePath: path))
    else { return false }
    return data.withUnsafeBytes(holdsMark)
  }

  private static func holdsMark(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard var place = bytes.baseAddress else { return false }
    let end = place + bytes.count
    while let found = memchr(place, Int32(UInt8(ascii: "e")), end - place) {
      let start = UnsafeRawPointer(found)
      guard end - start >= mark.utf8.count else { return false }
      if memcmp(start, mark, mark.utf8.count) == 0 { return true }
      place = start + 1
    }
    return false
  }
}

extension Program {
  fileprivate var isOurs: Bool {
    path.split(separator: "/").last?.hasPrefix("fonana") == true && !path.hasSuffix("-server")
  }
}
