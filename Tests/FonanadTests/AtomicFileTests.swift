import FonanaTestSupport
import Testing

@testable import fonanad

@Suite struct AtomicFileTests {
  @Test func writesOfOneFileAtOnceDoNotMeet() async throws {
    try await withTemporaryHome { home in
      let path = home.path("file")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in UInt8(0)..<50 {
          group.addTask {
            try AtomicFile.write([UInt8](repeating: number, count: 10_000), to: path)
          }
        }
        try await group.waitForAll()
      }
      let text = try home.text(of: "file").utf8
      #expect(text.count == 10_000 && Set(text).count == 1)
    }
  }
}
