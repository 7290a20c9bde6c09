import FonanaTestSupport
import Testing

@testable import LocalStore

@Suite(.timeLimit(.minutes(1)))
struct StoreOpenersTests {
  @Test func anotherProcessThatHasTheStoreOpenIsFound() async throws {
    try await withTemporaryHome { home in
      let path = home.path("fonana.sqlite")
      let store = try LocalStore.open(path: path)
      #expect(StoreOpeners.others(of: path).isEmpty)
      let script = """
        import signal, sqlite3, sys
        file = sqlite3.connect(sys.argv[1])
        file.execute("SELECT count(*) FROM sqlite_master").fetchone()
        print("open", flush=True)
        signal.pause()
        """
      let python = Program("/usr/bin/python3", environment: ["PATH": "/usr/bin:/bin"])
      try await python.withRunning(["-c", script, path]) { other in
        _ = try await other.output.nextLine(containing: "open")
        #expect(StoreOpeners.others(of: path) == [other.pid])
      }
      try store.close()
    }
  }

  @Test func onlyTheLockOfAnOpenStoreCounts() {
    let locks = """
      1: POSIX  ADVISORY  READ 11 fe:00:42 128 128
      2: POSIX  ADVISORY  READ 12 fe:00:42 124 124
      3: POSIX  ADVISORY  READ 13 fe:00:420 128 128
      4: OFDLCK ADVISORY  WRITE -1 fe:00:42 128 128
      5: POSIX  ADVISORY  READ 14 fe:00:42 128 128
      nonsense
      """
    #expect(StoreOpeners.holders(of: 42, in: locks) == [11, 14])
  }
}
