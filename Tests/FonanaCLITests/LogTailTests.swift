import ControlProtocol
import FonanaCore
import FonanaTestSupport
import Glibc
import Testing

@testable import fonana_cli

@Suite struct LogTailTests {
  @Test func nothingIsLostWhenTheFileIsTurnedOver() async throws {
    try await withTemporaryHome { home in
      let path = try home.write("one\n", to: "log")
      let tail = LogTail(path)
      #expect(try tail.read() == ["one"])
      try append("two\n", to: path)
      #expect(rename(path, path + ".1") == 0)
      try home.write("three\n", to: "log")
      #expect(try tail.read() == ["two", "three"])
      try append("four\nfi", to: path)
      #expect(try tail.read() == ["four"])
      try append("ve\n", to: path)
      #expect(try tail.read() == ["five"])
    }
  }

  @Test func olderFilesAreTheBeginning() async throws {
    try await withTemporaryHome { home in
      for (name, text) in [("log.2", "one\n"), ("log.1", "two\n"), ("log", "three\n")] {
        try home.write(text, to: name)
      }
      #expect(try LogTail(home.path("log")).history() == ["one", "two", "three"])
    }
  }

  @Test func aLineOfAnOlderVersionIsRead() {
    let line = LoggedLine(
      #"{"at":"2026-11-27T00:42:18.231Z","category":"jwt","fields":{},"level":"info","message":"x"}"#
    )
    #expect(line.text(TextStyle()) == "2026-11-27T00:42:18.231Z info [jwt] x")
    #expect(line.fits("jwt", since: nil) && !line.fits("http", since: nil))
  }

  private func append(_ text: String, to path: String) throws {
    let file = try #require(fopen(path, "a"))
    fputs(text, file)
    fclose(file)
  }
}
