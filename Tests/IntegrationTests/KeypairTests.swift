import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

extension RealBinaries {
  /// A login with a key of the Solana CLI leaves nothing of the key on the disk.
  @Suite struct KeypairTests {
    /// The first of RFC 8032, 7.1: seed and address.
    private static let seed: [UInt8] = [
      157, 97, 177, 157, 239, 253, 90, 96, 186, 132, 74, 244, 146, 236, 44, 196,
      68, 73, 197, 105, 123, 50, 105, 25, 112, 59, 172, 3, 28, 174, 127, 96,
    ]
    private static let key: [UInt8] = [
      215, 90, 152, 1, 130, 177, 10, 183, 213, 75, 254, 211, 201, 100, 7, 58,
      14, 225, 114, 243, 218, 166, 35, 37, 175, 2, 26, 104, 247, 7, 81, 26,
    ]
    private static let address = "FVen3X669xLzsi6N2V91DoiyzHzg1uAgqiT8jZ9nS96Z"
    /// As wallets of the browser show it.
    private static let base58 =
      "49W385L4rePHy6PAaQUovbD2aacgN4HsKXSMeUzRg4f"
      + "mwXszN91JuMFrQRj3vMDpZuRF3ZknQBuRBoWQJEfXstMw"

    @Test func aKeyLogsInAndIsWrittenNowhere() async throws {
      try await withScene(loggedIn: false) { scene in
        let numbers = Self.seed + Self.key
        let path = try scene.desk.home.write("\(numbers)", to: "id.json")
        chmod(path, 0o600)
        try await scene.desk.withDaemon(["--log-level", "trace"]) { _ in
          let login = try await scene.desk.fonana("login", "--keypair", path, "--new", "--verbose")
          #expect(login.status == 0, "\(login)")
          #expect(login.output.contains(Self.address), "\(login)")
        }
        let folder = scene.desk.home.path("f")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder)
          .compactMap { try? Data(contentsOf: URL(filePath: "\(folder)/\($0)")) }
        #expect(files.count >= 3)
        let lists = [",", ", "].map { Self.seed.map(String.init).joined(separator: $0) }
        let forms = [Data(Self.seed)] + (lists + [Self.base58]).map { Data($0.utf8) }
        for form in forms { #expect(files.allSatisfy { $0.firstRange(of: form) == nil }) }
      }
    }

    @Test func aKeyThatOthersCanReadDoesNotLogIn() async throws {
      try await withScene(loggedIn: false) { scene in
        let path = try scene.desk.home.write("[]", to: "id.json")
        chmod(path, 0o604)
        let login = try await scene.desk.fonana("login", "--keypair", path)
        #expect(login.status == 64, "\(login)")
        #expect(login.errors.contains("others can read it"), "\(login)")
        #expect(login.errors.contains("chmod 600"), "\(login)")
        #expect(scene.world.counters.totalRequests == 0)
      }
    }
  }
}
