package import FonanaCore
import Glibc

/// Cuts a stream of bytes into lines and never holds more than `limit` bytes of one.
package struct LineFramer: Sendable {
  /// Of a request.
  package static let requestLimit = 1 << 20
  /// Of an answer or an event.
  package static let answerLimit = 8 << 20

  private let limit: Int
  private var buffer: [UInt8] = []
  /// What has been searched for a line end.
  private var searched = 0

  package init(limit: Int) { self.limit = limit }

  package var isEmpty: Bool { buffer.isEmpty }

  package mutating func append(_ bytes: some Sequence<UInt8>) { buffer.append(contentsOf: bytes) }

  /// The next whole line without its end; nil when more bytes are needed. After an error the
  /// stream can't be used any more.
  package mutating func next() throws(FonanaError) -> [UInt8]? {
    guard let end = lineEnd() else {
      searched = buffer.count
      guard searched <= limit else { throw tooLong }
      return nil
    }
    guard end <= limit else { throw tooLong }
    let line = Array(buffer[..<end])
    buffer.removeSubrange(...end)
    searched = 0
    return line
  }

  private func lineEnd() -> Int? {
    buffer.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress,
        let found = memchr(start + searched, Int32(UInt8(ascii: "\n")), bytes.count - searched)
      else { return nil }
      return UnsafeRawPointer(found) - start
    }
  }

  private var tooLong: FonanaError {
    FonanaError(.invalidInput, "A message on the socket is longer than \(limit) bytes.")
  }
}
