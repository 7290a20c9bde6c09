import FonanaCore
import FonanaTestSupport
import Foundation
import GRDB
import Testing

@testable import LocalStore

/// What a restore makes of the messages that wait.
@Suite(.timeLimit(.minutes(1)))
struct RestoredOutboxTests {
  private func image(_ number: Int) -> OutgoingImage {
    OutgoingImage(
      fileName: "\(Sample.cid(number).rawValue)-aa.png", contentType: "image/png", byteCount: 3,
      digest: "aa")
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
}
