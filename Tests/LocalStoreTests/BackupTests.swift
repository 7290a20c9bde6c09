import FonanaCore
import FonanaTestSupport
import Foundation
import Testing

@testable import LocalStore

@Suite(.timeLimit(.minutes(1)))
struct BackupTests {
  private func mode(of path: String) throws -> Int? {
    (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?
      .intValue
  }

  @Test func aBackupIsOneWholeFileOfTheOwner() async throws {
    try await withTemporaryHome { home in
      let folder = home.path("elsewhere")
      try home.write("", to: "elsewhere/other")
      try await withStore { store in
        try await store.pull((0..<300).map { Sample.message($0) })
        try await store.does(.enqueue(Sample.item(1, content: "waits")))
        let bytes = try await store.backUp(
          to: folder + "/copy", images: home.path, replacing: false)
        #expect(bytes > 0)
        #expect(try mode(of: folder + "/copy") == 0o600)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.sorted() == ["copy", "other"])
        let copy = try LocalStore.open(path: folder + "/copy", checking: true)
        let others: Set = ["outbox", "image"]
        #expect(try copy.dump(without: others) == store.dump(without: others))
        let item = try #require(try await copy.outboxItems().first?.item)
        #expect(item.content == "waits" && item.state == .queued)
        #expect(item.isRestored, "it may be sent by the time that the copy is used")
        #expect(item.doubt?.fence == Sample.time(299), "it can only come after what is known")
        try copy.close()
      }
    }
  }

  @Test func nothingIsOverwrittenUnasked() async throws {
    try await withTemporaryHome { home in
      let path = try home.write("mine", to: "elsewhere/copy")
      try await withStore { store in
        let error = await #expect(throws: FonanaError.self) {
          _ = try await store.backUp(to: path, images: "/none", replacing: false)
        }
        #expect(error?.code == .conflict)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        _ = try await store.backUp(to: path, images: "/none", replacing: true)
        try LocalStore.open(path: path, checking: true).close()
        let inside = await #expect(throws: FonanaError.self) {
          _ = try await store.backUp(to: store.path, images: "/none", replacing: true)
        }
        #expect(inside?.code == .invalidInput)
      }
    }
  }

  /// 32 MiB pass through the log.
  @Test func theLogIsBoundedAndVacuumGivesRoomBack() async throws {
    try await withStore { store in
      let text = String(repeating: "0123456789abcdef", count: 1024)
      for round in Int64(0)..<20 {
        try await store.pull(
          (0..<100).map { Sample.message(round * 100 + $0, content: "\(text) \($0)") })
      }
      let full = try await store.sizes()
      #expect(full.database > 32_000_000)
      #expect(full.log <= 16 << 20)
      _ = try await store.forget(nil, before: Sample.time(1900))
      try await store.vacuum()
      let rest = try await store.sizes()
      #expect(rest.database < full.database / 4)
      #expect(rest.free == 0 && rest.log == 0)
    }
  }
}
