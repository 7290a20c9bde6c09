import FonanaCore
import FonanaTestSupport
import Foundation
import GRDB
import Testing

@testable import LocalStore

/// A forgetting that could not end, or may not begin.
@Suite(.timeLimit(.minutes(1)))
struct InterruptedForgetTests {
  /// The rows are gone, and the log can't be emptied while another program reads the file.
  private func interrupted(
    _ home: TemporaryHome, _ body: (LocalStore) async throws -> Void
  ) async throws -> LocalStore {
    let store = try LocalStore.open(path: home.path("fonana.sqlite"))
    try await Canary.fill(store)
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: store.path, configuration: configuration)
    try await other.writeWithoutTransaction { db in
      try db.beginTransaction(.deferred)
      _ = try Row.fetchOne(db, sql: "SELECT count(*) FROM message")
    }
    let error = await #expect(throws: FonanaError.self) {
      _ = try await store.forget(Sample.talk, before: nil)
    }
    #expect(error?.code == .storeUnwritable && error?.message.contains("traces") == true)
    #expect(try await store.texts() == [])
    #expect(try Canary.files(in: home) != [])
    try await body(store)
    try await other.writeWithoutTransaction { try $0.commit() }
    try other.close()
    return store
  }

  @Test func tracesThatAnInterruptedForgetHasLeftGoWithTheNextOne() async throws {
    try await withTemporaryHome { home in
      let store = try await interrupted(home) { _ in }
      let part = try await store.forget(Sample.talk, before: nil)
      #expect(part == ForgottenPart(messages: 0, before: Sample.time(199) + .milliseconds(1)))
      #expect(try Canary.files(in: home) == [])
      try store.close()
    }
  }

  /// The files as a kill would leave them, and a backup of that moment.
  @Test func tracesThatAnInterruptedForgetHasLeftGoAtTheNextStart() async throws {
    let elsewhere = try TemporaryHome()
    try await withTemporaryHome { home in
      let store = try await interrupted(home) { store in
        let files = FileManager.default
        try home.write("\(Canary.text) before the migration", to: "killed/fonana.sqlite.schema-1")
        for suffix in ["", "-wal"] {
          try files.copyItem(
            atPath: store.path + suffix, toPath: home.path("killed/fonana.sqlite") + suffix)
        }
        _ = try await store.backUp(
          to: elsewhere.path("backup"), images: home.path("images"), replacing: false)
      }
      let left = Set(try Canary.files(in: home).filter { $0.hasPrefix("killed/") })
      #expect(try Canary.files(in: elsewhere) == [])
      #expect(left == ["killed/fonana.sqlite-wal", "killed/fonana.sqlite.schema-1"])
      let killed = try LocalStore.open(path: home.path("killed/fonana.sqlite"))
      #expect(try Canary.files(in: home).filter { $0.hasPrefix("killed/") } == [])
      #expect(try await killed.texts(in: Canary.talkWithBob) == ["bob stays"])
      #expect(try killed.firstFlaw() == nil)
      try killed.close()
      try store.close()
    }
    try elsewhere.remove()
  }

  @Test func whatMayHoldUnsentMessagesIsNotRemoved() async throws {
    try await withTemporaryHome { home in
      let store = try LocalStore.open(path: home.path("fonana.sqlite"))
      try await store.does(.pinAccount(Sample.account))
      try await store.pull([Sample.message(1)])
      let kept = try home.write("unknown", to: "damaged-1/fonana.sqlite")
      let error = await #expect(throws: FonanaError.self) {
        _ = try await store.forget(Sample.talk, before: nil)
      }
      #expect(error?.code == .conflict)
      #expect(FileManager.default.fileExists(atPath: kept))
      #expect(try await store.texts() == ["text"])
      try store.close()
    }
  }
}
