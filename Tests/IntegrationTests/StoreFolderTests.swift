import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

extension RealBinaries {
  @Suite(.enabled(if: SmallDisk.isAllowed, "needs the right to mount a tmpfs"))
  struct StoreFolderTests {
    @Test func storeOnAReadOnlyFileSystemIsRefusedWithAReason() async throws {
      try await withScene { scene in
        let desk = scene.desk
        let moved = rename(desk.home.path("f/data"), desk.home.path("kept"))
        try #require(moved == 0)
        try await SmallDisk.with(at: desk.home.path("f/data"), megabytes: 8) { disk in
          let copied = try await Program("/bin/cp", environment: desk.environment)
            .run(["-a", desk.home.path("kept/default"), desk.home.path("f/data/")])
          try #require(copied.status == 0, "\(copied)")
          try #require(disk.forbidWriting() == 0)
          let daemon = try await desk.daemon.run([])
          #expect(daemon.status == 74, "\(daemon)")
          #expect(daemon.errors.contains("Read-only file system"), "\(daemon)")
          #expect(daemon.errors.contains("hint: "), "\(daemon)")
        }
      }
    }

    @Test func storeFolderOfAnotherUserIsRefusedWithAReason() async throws {
      try await withScene { scene in
        let desk = scene.desk
        try #require(chown(desk.home.path("f/data/default"), 65_534, 65_534) == 0)
        let daemon = try await desk.daemon.run([])
        #expect(daemon.status == 78, "\(daemon)")
        #expect(daemon.errors.contains("belongs to another user"), "\(daemon)")
      }
    }
  }
}
