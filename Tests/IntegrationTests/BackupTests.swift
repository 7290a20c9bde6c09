import FonanaServer
import FonanaTestSupport
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
  }
}
