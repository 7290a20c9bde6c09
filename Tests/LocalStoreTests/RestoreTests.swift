import FonanaCore
import FonanaTestSupport
import Foundation
import GRDB
import Testing

@testable import LocalStore

@Suite(.timeLimit(.minutes(1)))
struct RestoreTests {
  @Test func whatWasThereWhenTheCopyWasMadeIsBack() async throws {
    try await withPlace { place in
      try await place.opened { store in
        try await store.pull((0..<50).map { Sample.message($0) })
        _ = try await store.backUp(to: place.copy, images: place.images, replacing: false)
        _ = try await store.forget(nil, before: Sample.time(40))
        #expect(try await store.texts().count == 10)
      }
      let restored = try place.restored()
      #expect(restored.waiting == 0)
      try await place.opened { store in
        #expect(try await store.texts().count == 50)
        #expect(try store.firstFlaw() == nil)
        let tables = try store.dump()
        #expect(!tables.contains { $0.hasPrefix("image:") })
      }
      let kept = try #require(restored.replaced)
      let before = try LocalStore.open(path: kept + "/fonana.sqlite", checking: true)
      #expect(try await before.texts().count == 10, "what was replaced is kept")
      try before.close()
      try await place.opened { store in
        #expect(try await store.sizes().copies > 0)
        _ = try await store.forget(nil, before: Sample.time(10))
        #expect(!FileManager.default.fileExists(atPath: kept), "forgotten is forgotten everywhere")
      }
    }
  }

  @Test func numbersOfEventsAreNotGivenTwice() async throws {
    try await withPlace { place in
      let cursor = try await place.opened { store in
        _ = try await store.backUp(to: place.copy, images: place.images, replacing: false)
        for number in Int64(1)...9 { try await store.pull([Sample.message(number)]) }
        return try #require(
          try await store.does(.enqueue(Sample.item(1))).events.map(\.sequence).max())
      }
      _ = try place.restored()
      try await place.opened { store in
        let events = try await store.does(.enqueue(Sample.item(2))).events
        #expect(try #require(events.map(\.sequence).min()) > cursor)
      }
    }
  }

  @Test func whatIsNoBackupOfThisAccountChangesNothing() async throws {
    try await withPlace { place in
      try await place.opened { store in
        try await store.pull((0..<300).map { Sample.message($0) })
        _ = try await store.backUp(to: place.copy, images: place.images, replacing: false)
      }
      let before = try await place.opened { try $0.dump() }
      let bytes = try Data(contentsOf: URL(filePath: place.copy))
      var damaged = bytes
      for offset in 0..<64 { damaged[damaged.count / 2 + offset] ^= 0xff }
      var newer = bytes
      newer[63] = 99  // the last byte of user_version
      let other = place.home.path("stick/other")
      try bytes.write(to: URL(filePath: other))
      let file = try DatabaseQueue(path: other)
      try await file.write { try $0.execute(sql: "UPDATE account SET user_id = 'somebody'") }
      try file.close()
      let files: [(Data?, ErrorCode)] = [
        (Data("hello".utf8), .invalidInput), (damaged, .invalidInput), (newer, .invalidInput),
        (nil, .notFound), (try Data(contentsOf: URL(filePath: other)), .wrongAccount),
      ]
      for (content, code) in files {
        let path = place.home.path("stick/\(code.rawValue)")
        try content?.write(to: URL(filePath: path))
        let error = #expect(throws: FonanaError.self) { _ = try place.restored(from: path) }
        #expect(error?.code == code, "\(String(describing: error))")
      }
      let elsewhere = #expect(throws: FonanaError.self) {
        _ = try place.restored(origin: "https://elsewhere.example")
      }
      #expect(elsewhere?.code == .wrongAccount)
      let after = try await place.opened { try $0.dump() }
      #expect(after == before)
      #expect(RestoreWork.folders(of: place.store).isEmpty)
    }
  }

  @Test func aCopyBelowTheStoresFolderIsRefused() async throws {
    try await withPlace { place in
      try await place.opened { store in
        for name in ["data/copy", "data/outbox/copy"] {
          let error = await #expect(throws: FonanaError.self) {
            _ = try await store.backUp(
              to: place.home.path(name), images: place.images, replacing: false)
          }
          #expect(error?.code == .invalidInput)
        }
      }
    }
  }

  @Test func aRestoreThatWasKilledBeforeItWasWholeIsRemoved() async throws {
    try await withPlace { place in
      try place.home.write("half", to: "data/replaced-17/new.sqlite")
      let (store, _) = try LocalStore.openOrRescue(
        path: place.store, checking: true, at: Sample.time(1))
      #expect(try await store.account() == Sample.account)
      #expect(RestoreWork.folders(of: place.store).isEmpty)
      try store.close()
    }
  }

  /// The process ends when the restored store is whole, but not in its place yet.
  @Test func anInterruptedRestoreGoesOnAtTheNextStart() async throws {
    try await withPlace { place in
      try await place.opened { store in
        try await store.pull([Sample.message(1)])
        _ = try await store.backUp(to: place.copy, images: place.images, replacing: false)
        try await store.pull([Sample.message(1), Sample.message(2)])
      }
      try place.home.write("", to: "data/replaced-17/.keep")
      try FileManager.default.copyItem(
        atPath: place.copy, toPath: place.home.path("data/replaced-17/restored.sqlite"))
      let (store, rescue) = try LocalStore.openOrRescue(
        path: place.store, checking: true, at: Sample.time(1))
      #expect(rescue == nil)
      #expect(try await store.texts().count == 1)
      try store.close()
    }
  }
}
