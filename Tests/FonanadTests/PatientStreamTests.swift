import FonanaTestSupport
import Glibc
import Testing

@testable import fonanad

/// Lines for a reader who may not read.
@Suite(.timeLimit(.minutes(1))) struct PatientStreamTests {
  @Test func whatNobodyReadsIsLeftOutAndSaidLater() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    var stream = PatientStream(descriptor: ends[1])
    let line = String(repeating: "x", count: 3000)
    for _ in 0..<100 { stream.write(line) }
    let first = read(ends[0])
    #expect(first.count > 3 && first.allSatisfy { $0 == line })
    stream.write("again")
    #expect(read(ends[0]) == ["(\(100 - first.count) lines were left out)", "again"])
  }

  /// The lines that are there.
  private func read(_ end: Int32) -> [String] {
    var bytes: [UInt8] = []
    var question = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
    while poll(&question, 1, 0) > 0 {
      var part = [UInt8](repeating: 0, count: 65_536)
      let count = Glibc.read(end, &part, part.count)
      guard count > 0 else { break }
      bytes += part[..<count]
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
