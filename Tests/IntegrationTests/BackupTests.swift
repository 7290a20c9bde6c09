import FonanaServer
import FonanaTestSupport
import Glibc
import Testing

extension RealBinaries {
  @Suite struct BackupTests {
    private struct Report: Decodable {
      let messages: Int
      let databaseBytes, freeBytes, logBytes: Int64
    }

    private struct Saved: Decodable {
      let path: String
      let bytes: Int64
    }

    @Test func aBackupIsMadeWhileTheDaemonRuns() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { _ in
          try await scene.desk.waitUntil("synced")
          let file = scene.desk.home.path("copy")
          let saved = try await scene.desk.json(Saved.self, "backup", file)
          #expect(saved.path == file && saved.bytes > 0)
          let again = try await scene.desk.fonana("backup", file)
          #expect(again.status == 1 && again.errors.contains("--force"), "\(again)")
          #expect(try await scene.desk.fonana("backup", file, "--force").status == 0)

          let report = try await scene.desk.json(Report.self, "store")
          #expect(report.messages == 1 && report.databaseBytes > 0)
          let rest = try await scene.desk.json(Report.self, "store", "vacuum")
          #expect(rest.messages == 1 && rest.freeBytes == 0)
          let text = try await scene.desk.fonana("store", "stats")
          #expect(text.output.contains("messages"), "\(text)")
        }
      }
    }

    @Test func whatIsNoFileIsRefusedBeforeTheDaemonIsStopped() async throws {
      try await withScene { scene in
        try await scene.desk.withDaemon { daemon in
          for place in [".", "", "/dev/null", scene.desk.home.path("new/")] {
            let backup = try await scene.desk.fonana("backup", "--", place)
            #expect(backup.status == 64 && backup.errors.contains("is no file"), "\(backup)")
            let restore = try await scene.desk.fonana("restore", "--yes", "--", place)
            #expect(restore.status == 64 && restore.errors.contains("is no file"), "\(restore)")
          }
          #expect(daemon.ended == nil)
        }
      }
    }

    private struct Restored: Decodable {
      let waiting: Int
      let replaced: String?
    }

    /// As on a new disk: nothing here knows what became of the messages since the copy.
    @Test func aRestoredCopyDoublesNothingAndLosesNothing() async throws {
      try await withScene { scene in
        let desk = scene.desk
        let file = desk.home.path("copy")
        try await scene.server.stopListening()
        try await desk.withDaemon(["--time-scale", "20"]) { _ in
          var cids: [String] = []
          for text in ["one", "two"] {
            cids.append(
              try await desk.json(SendDocument.self, "send", "@bob", text, "--no-wait").cid)
          }
          _ = try await desk.json(Saved.self, "backup", file)
          #expect(try await desk.fonana("outbox", "cancel", cids[1]).status == 0)
          try await scene.server.startListening()
          try await desk.waitUntil("drained")
          #expect(scene.textsFromAlice == ["one"])
        }
        let refused = try await desk.fonana("restore", file, "--no-input")
        #expect(refused.status == 64 && refused.errors.contains("--yes"), "\(refused)")
        #expect(unlink(desk.store) == 0)
        let restored = try await desk.json(Restored.self, "restore", file, "--yes")
        #expect(restored.waiting == 2 && restored.replaced == nil)
        try await desk.withDaemon(["--time-scale", "20"]) { _ in
          try await desk.waitUntil("drained")
          #expect(scene.textsFromAlice == ["one", "two"], "one was found, two was not there")
        }
      }
    }

    @Test func aRunningDaemonIsStoppedAndStartedAgainWithWhatWaitsHere() async throws {
      try await withScene { scene in
        let desk = scene.desk
        let file = desk.home.path("copy")
        let first = try await desk.fonana("daemon", "start")
        #expect(first.status == 0, "\(first)")
        _ = try await desk.json(Saved.self, "backup", file)
        try await scene.server.stopListening()
        let late = try await desk.json(SendDocument.self, "send", "@bob", "late", "--no-wait")
        let restored = try await desk.json(Restored.self, "restore", file, "--yes")
        #expect(restored.waiting == 0 && restored.replaced != nil)
        let list = try await desk.json(OutboxDocument.self, "outbox", "list")
        #expect(list.items.map(\.cid) == [late.cid], "the daemon runs again, and nothing is lost")
        try await scene.server.startListening()
        try await desk.waitUntil("drained")
        #expect(scene.textsFromAlice == ["late"])
        #expect(try await desk.fonana("daemon", "stop").status == 0)
      }
    }
  }
}
