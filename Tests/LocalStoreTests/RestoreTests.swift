import FonanaCore
import FonanaTestSupport
import Foundation
import GRDB
import Testing

@testable import LocalStore

@Suite(.timeLimit(.minutes(1)))
struct RestoreTests {
  /// A profile's files.
  private struct Place {
    let home: TemporaryHome
    var store: String { home.path("data/fonana.sqlite") }
    var images: String { home.path("data/outbox") }
    var copy: String { home.path("stick/copy") }

    func opened<R>(_ body: (LocalStore) async throws -> R) async throws -> R {
      let store = try LocalStore.open(path: store)
      let result = try await body(store)
      try store.close()
      return result
    }

    func restored(from file: String? = nil, origin: String = Sample.account.origin)
      throws(FonanaError) -> RestoredStore
    {
      try LocalStore.restore(
        from: file ?? copy, to: store, images: images, origin: origin, at: Sample.time(5000))
    }
  }

  private func withPlace(_ body: (Place) async throws -> Void) async throws {
    try await withTemporaryHome { home in
      for folder in ["data/outbox", "stick"] { try home.write("", to: "\(folder)/.keep") }
      let place = Place(home: home)
      _ = try await place.opened { try await $0.does(.pinAccount(Sample.account)) }
      try await body(place)
    }
  }

  private func image(_ number: Int) -> OutgoingImage {
    OutgoingImage(
      fileName: "\(Sample.cid(number).rawValue)-aa.png", contentType: "image/png", byteCount: 3,
      digest: "aa")
  }

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

  /// Five messages: sent since, cancelled since, still waiting, never heard of here, and new.
  @Test func whatBecameOfTheMessagesSinceIsNotUndone() async throws {
    try await withPlace { place in
      try await place.opened { store in
        try await store.pull([Sample.message(7)])
        for number in 1...4 {
          try await store.does(.enqueue(Sample.item(number, content: "message \(number)")))
        }
        _ = try await store.backUp(to: place.copy, images: place.images, replacing: false)
        let sent = Sample.message(8, from: Sample.me, content: "message 1", cid: Sample.cid(1))
        try await store.does(
          .confirm(Sample.cid(1), sent, at: Sample.time(8)),
          .cancel(Sample.cid(2), Sample.entry("cancelled")))
        var held = Sample.item(3, content: "edited", state: .held)
        held.attempts = 2
        try await store.does(
          .update(held, Sample.entry("held")), .enqueue(Sample.item(5, content: "new")))
        try await store.pool.write { db in
          try db.execute(sql: "DELETE FROM outbox WHERE cid = 'cid-4'")
          try db.execute(sql: "DELETE FROM outbox_history WHERE cid = 'cid-4'")
        }
      }
      let restored = try place.restored()
      #expect(restored.waiting == 1)
      try await place.opened { store in
        let items = try await store.snapshot().outbox
        #expect(items.map(\.content) == ["edited", "message 4", "new"])
        #expect(items.map(\.isRestored) == [false, true, false])
        #expect(items.map(\.state) == [.held, .queued, .queued])
        #expect(items[0].attempts == 2)
        #expect(
          items[1].doubt
            == Doubt(
              fence: Sample.time(7), negativesNeeded: 2, isHandlerDone: false))
        #expect(try await store.sentEntry(Sample.cid(1))?.messageID == MessageID("m8"))
        let again = try await store.does(.enqueue(Sample.item(1, content: "message 1")))
        #expect(again.enqueued == [.sent(Sample.cid(1), MessageID("m8"), Sample.talk)])
        #expect(try await store.story(of: Sample.cid(2)).history.last?.to == "cancelled")
      }
    }
  }

  @Test func imagesThatWaitComeAlongAndWhatReadersHaveSeenStaysSeen() async throws {
    try await withPlace { place in
      try await place.opened { store in
        for number in 1...2 {
          var item = Sample.item(number)
          item.image = image(number)
          try place.home.write("png", to: "data/outbox/\(image(number).fileName)")
          try await store.does(.enqueue(item))
        }
        _ = try await store.backUp(to: place.copy, images: place.images, replacing: false)
      }
      for file in try FileManager.default.contentsOfDirectory(atPath: place.images) {
        try FileManager.default.removeItem(atPath: "\(place.images)/\(file)")
      }
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: place.store + suffix)
      }
      let restored = try place.restored()
      #expect(restored.waiting == 2)
      #expect(restored.replaced == nil, "nothing was there")
      for number in 1...2 {
        let path = "\(place.images)/\(image(number).fileName)"
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "png")
        let facts = try FileManager.default.attributesOfItem(atPath: path)
        #expect((facts[.posixPermissions] as? NSNumber)?.intValue == 0o600)
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

  /// An old copy was put back by mistake, and then the new one.
  @Test func whatAPersonDecidedLastCountsAlsoWhenTheCopyIsTheNewerOne() async throws {
    func later(_ outcome: String, to state: String) -> OutboxHistoryEntry {
      OutboxHistoryEntry(at: Sample.time(9), from: .queued, to: state, outcome: outcome, detail: "")
    }
    try await withPlace { place in
      let old = place.home.path("stick/old")
      try await place.opened { store in
        for number in 1...3 { try await store.does(.enqueue(Sample.item(number))) }
        _ = try await store.backUp(to: old, images: place.images, replacing: false)
        try await store.does(
          .update(Sample.item(1, content: "edited"), later("edited", to: "queued")),
          .cancel(Sample.cid(2), later("cancelled", to: "cancelled")),
          .update(Sample.item(3, state: .held), later("held", to: "held")),
          .enqueue(Sample.item(4)))
        _ = try await store.backUp(to: place.copy, images: place.images, replacing: false)
      }
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: place.store + suffix)
      }
      _ = try place.restored(from: old)
      _ = try place.restored()
      try await place.opened { store in
        let items = try await store.snapshot().outbox
        #expect(items.map(\.cid) == [1, 3, 4].map(Sample.cid))
        #expect(items.map(\.state) == [.queued, .held, .queued])
        #expect(items.first?.content == "edited")
        #expect(try await store.story(of: Sample.cid(2)).history.last?.to == "cancelled")
      }
    }
  }

  /// What may be at the server is younger than all that was known, also where that was forgotten.
  @Test func whatWasForgottenSaysHowFarToLook() async throws {
    try await withPlace { place in
      try await place.opened { store in
        try await store.pull([Sample.message(7)])
        var unresolved = Sample.item(2, state: .unresolved)
        unresolved.recipient = Recipient(text: "@somebody")
        try await store.does(.enqueue(Sample.item(1)), .enqueue(unresolved))
        _ = try await store.forget(Sample.talk, before: nil)
        try await store.pull(
          [Sample.message(5, from: Sample.bob.id, in: ConversationID("other"))],
          in: ConversationID("other"))
        _ = try await store.backUp(to: place.copy, images: place.images, replacing: false)
      }
      _ = try place.restored(from: place.copy)
      let copy = try LocalStore.open(path: place.copy)
      let items = try await copy.snapshot().outbox
      #expect(items.map { $0.doubt?.fence } == [Sample.time(7), Sample.time(5)])
      try copy.close()
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
