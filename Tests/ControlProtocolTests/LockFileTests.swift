import ControlProtocol
import FonanaCore
import FonanaTestSupport
import Glibc
import Testing

@Suite struct LockFileTests {
  private let record = LockRecord(pid: 42, version: "0.1.0", socketPath: "/run/x.sock")

  @Test func heldLockTellsWhereTheDaemonIs() async throws {
    try await withTemporaryHome { home in
      let path = home.path("lock")
      #expect(LockFile.state(of: path) == .free)
      let lock = try LockFile.acquire(path, record)
      #expect(LockFile.state(of: path) == .held(record))
      withExtendedLifetime(lock) {}
    }
  }

  @Test func secondHolderIsRefusedAndLeavesTheRecord() async throws {
    try await withTemporaryHome { home in
      let path = home.path("lock")
      let first = try LockFile.acquire(path, record)
      let other = LockRecord(pid: 43, version: "0.1.0", socketPath: "/other")
      #expect(try LockFile.acquire(path, other) == nil)
      #expect(LockFile.state(of: path) == .held(record))
      withExtendedLifetime(first) {}
    }
  }

  @Test func leftRecordWithoutHolderIsFree() async throws {
    try await withTemporaryHome { home in
      let path = home.path("lock")
      _ = try LockFile.acquire(path, record)
      #expect(LockFile.state(of: path) == .free)
      #expect(try LockFile.acquire(path, record) != nil)
    }
  }

  @Test func linkInItsPlaceIsRefused() async throws {
    try await withTemporaryHome { home in
      symlink(try home.write("mine", to: "victim"), home.path("lock"))
      #expect(throws: FonanaError.self) { try LockFile.acquire(home.path("lock"), record) }
      #expect(try home.text(of: "victim") == "mine")
    }
  }
}
