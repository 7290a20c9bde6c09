import ControlProtocol
import FonanaCore
import Testing

@Suite struct LineFramerTests {
  @Test(arguments: [1, 2, 3, 7, 100])
  func linesDontDependOnHowBytesCome(_ size: Int) throws {
    let stream = Array("one\n\ntwo\nthree".utf8)
    var framer = LineFramer(limit: 10)
    var lines: [String] = []
    for start in stride(from: 0, to: stream.count, by: size) {
      framer.append(stream[start..<min(start + size, stream.count)])
      while let line = try framer.next() { lines.append(String(decoding: line, as: UTF8.self)) }
    }
    #expect(lines == ["one", "", "two"])
    #expect(!framer.isEmpty)
  }

  @Test func longestLinePasses() throws {
    var framer = LineFramer(limit: 5)
    framer.append(Array("12345\n".utf8))
    #expect(try framer.next()?.count == 5)
  }

  @Test func longerLineIsRefusedBeforeItsEnd() {
    var framer = LineFramer(limit: 5)
    framer.append(Array("123456".utf8))
    #expect(throws: FonanaError.self) { try framer.next() }
  }
}
